import { describe, expect, test } from 'vitest'
import { approvalDeadline } from '../../../bot/domain/approval.ts'
import { statusAfterMove } from '../../../bot/domain/policy.ts'
import { readTag, withTag } from '../../../bot/domain/tags.ts'
import { instantOf, localDate, localTime } from '../../../bot/domain/time.ts'

const timeZone = 'Europe/Moscow'
const rules = { quiet: { from: '22:00', to: '08:00' }, timeZone }
const at = (date: string, time: string) => instantOf(date, time, timeZone)

describe('a request that nobody answers', () => {
  test.each([
    ['asked days before: two hours before the start', '25 12:00', '27 15:00', '27 13:00'],
    ['asked three hours before: half of that', '27 12:00', '27 15:00', '27 13:30'],
    ['would end at night, and the morning is early enough', '25 12:00', '27 09:00', '27 08:00'],
    [
      'would end at night, and the morning is too late: the evening before',
      '25 12:00',
      '27 08:15',
      '26 22:00',
    ],
    ['asked in that night: it is answered at night', '27 03:00', '27 08:00', '27 06:00'],
  ])('%s', (_, asked, starts, ends) => {
    const instant = (text: string) => at(`2026-11-${text.slice(0, 2)}`, text.slice(3))
    const deadline = approvalDeadline({ startsAt: instant(starts), askedAt: instant(asked) }, rules)
    expect(`${localDate(deadline, timeZone).slice(8)} ${localTime(deadline, timeZone)}`).toBe(ends)
  })
})

test('a moved booking waits again where its customer needs approval, and no longer where an admin has moved it', () => {
  expect(statusAfterMove('booked', 'approval', 'customer')).toBe('pending')
  expect(statusAfterMove('confirmed', null, 'customer')).toBe('confirmed')
  expect(statusAfterMove('booked', 'deny', 'customer')).toBe('booked')
  expect(statusAfterMove('pending', 'approval', 'admin')).toBe('booked')
  expect(statusAfterMove('confirmed', 'approval', 'admin')).toBe('confirmed')
})

test('tags: blanks and # are left out, each is there once, and is written as elsewhere', () => {
  expect(readTag(' #Новый   гость ')).toEqual({ ok: true, tag: 'Новый гость' })
  expect(readTag('##')).toEqual({ ok: false, reason: 'empty' })
  expect(withTag(['VIP'], 'vip')).toEqual({ ok: false, reason: 'has-it' })
  expect(withTag([], 'vip', ['VIP'])).toEqual({ ok: true, tags: ['VIP'] })
  expect(withTag(Array(10).fill('x'), 'y')).toEqual({ ok: false, reason: 'too-many' })
})
