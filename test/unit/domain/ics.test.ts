import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendarFile } from '../../../bot/domain/ics.ts'

const event = {
  uid: 'booking-7@client_anna.salon_bot',
  sequence: 2,
  startsAt: Date.UTC(2026, 10, 26, 7, 0),
  endsAt: Date.UTC(2026, 10, 26, 8, 30),
  title: 'Стрижка, «Анна»; 1\\2',
  place: 'Москва, Тверская, 1',
  description: 'Строка 1\nСтрока 2',
  status: 'CONFIRMED' as const,
  stamp: Date.UTC(2026, 10, 25, 6, 0, 1),
}

test('a booking is an event that calendars take', () => {
  expect(calendarFile(event).split('\r\n')).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//bookctl//booking bot//EN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    'UID:booking-7@client_anna.salon_bot',
    'SEQUENCE:2',
    'STATUS:CONFIRMED',
    'DTSTAMP:20261125T060001Z',
    'DTSTART:20261126T070000Z',
    'DTEND:20261126T083000Z',
    'SUMMARY:Стрижка\\, «Анна»\\; 1\\\\2',
    'LOCATION:Москва\\, Тверская\\, 1',
    'DESCRIPTION:Строка 1\\nСтрока 2',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ])
})

test('whatever it is called, no line is longer than calendars allow, and unfolded nothing is lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (title) => {
      const file = calendarFile({ ...event, title: title.replaceAll(/[\r\n\\;,]/g, '') })
      for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
      expect(file.replaceAll('\r\n ', '')).toContain(`SUMMARY:${title.replaceAll(/[\r\n\\;,]/g, '')}\r\n`)
    }),
  )
})
