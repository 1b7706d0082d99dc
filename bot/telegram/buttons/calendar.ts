import { type DateSpan } from '../../domain/dates-text.ts'
import type { HoursRange } from '../../domain/hours-text.ts'
import { addDays, daysBetween } from '../../domain/time.ts'
import { date, type Field, instant, month, number, oneOf, optionalNumber, word } from '../button-fields.ts'
import { form, needs } from '../button-forms.ts'

/** What days are picked for: a change of hours, or a block (of one member of staff or of everybody). */
export type Aim = { kind: 'hours' } | { kind: 'block'; staffId: number | null }

const aim: Field<Aim> = {
  write: (value) => (value.kind === 'hours' ? 'h' : `b${optionalNumber.write(value.staffId)}`),
  read(text) {
    if (text === 'h') return { kind: 'hours' }
    const staffId = text.startsWith('b') ? optionalNumber.read(text.slice(1)) : undefined
    return staffId === undefined ? undefined : { kind: 'block', staffId }
  },
  example: 'h',
}

export const optionalDate: Field<string | null> = {
  write: (value) => value ?? '',
  read: (text) => (text === '' ? null : date.read(text)),
  example: '2026-12-01',
}

/** Days in a row: the first one and how many follow it. */
export const span: Field<DateSpan> = {
  write: ({ from, to }) => `${from}.${number.write(daysBetween(from, to))}`,
  read(text) {
    const [first = '', following = ''] = text.split('.')
    const from = date.read(first)
    const days = number.read(following)
    if (from === undefined || days === undefined || days > 1_000) return undefined
    const to = date.read(addDays(from, days))
    return to === undefined ? undefined : { from, to }
  },
  example: '2026-12-01.1',
}

const weekday: Field<number> = {
  write: String,
  read: (text) => (/^[1-7]$/.test(text) ? Number(text) : undefined),
  example: '1',
}

/** Days of the week, ascending. */
const weekdays: Field<readonly number[]> = {
  write: (value) => value.join(''),
  read: (text) => (/^1?2?3?4?5?6?7?$/.test(text) ? [...text].map(Number) : undefined),
  example: '135',
}

/** Hours of a day, three characters for each time of the clock; none: closed. */
const ranges: Field<readonly HoursRange[]> = {
  write: (value) => value.map(({ opens, closes }) => `${writeClock(opens)}${writeClock(closes)}`).join(''),
  read(text) {
    const times = (text.match(/.{3}/g) ?? []).map(readClock)
    if (text.length !== times.length * 3 || times.length % 2 !== 0) return undefined
    const read: HoursRange[] = []
    for (let at = 0; at < times.length; at += 2) {
      const [opens, closes] = [times[at], times[at + 1]]
      if (opens === undefined || closes === undefined) return undefined
      read.push({ opens, closes })
    }
    return read
  },
  example: '0f00u0',
}

function writeClock(time: string): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return (hours * 60 + minutes).toString(36).padStart(3, '0')
}

function readClock(text: string): string | undefined {
  const minutes = /^[0-9a-z]{3}$/.test(text) ? Number.parseInt(text, 36) : Number.NaN
  if (!(minutes < 24 * 60)) return undefined
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** `ask`: the first tap, which may have to show what it costs; `yes`: that has been shown. */
const sure = oneOf(['ask', 'yes'])
/** Short for something that the sender was shown and that must still be the same; empty for nothing. */
export const seal = word(/^[0-9a-f]{0,8}$/, 'a1b2c3d4')
const closing = { staffId: optionalNumber, startsAt: instant, endsAt: instant }

/** Opening hours, special days, public holidays and blocks. */
export const CALENDAR_BUTTONS = needs('manage_slots', {
  calendar: form('Ca'),
  'calendar-week': form('Cw'),
  'calendar-weekday': form('Cd', { weekday }),
  'calendar-week-set': form('Cs', { weekdays, ranges, sure }),
  'calendar-copy': form('Cc', { weekday, weekdays }),
  'calendar-days': form('Ce', { page: number }),
  'calendar-pick': form('Cp', { aim, month, from: optionalDate }),
  'calendar-day-hours': form('Ch', { span }),
  'calendar-day-set': form('Cz', { span, ranges, sure }),
  'calendar-day-card': form('Cx', { span }),
  'calendar-day-note': form('Cn', { span }),
  'calendar-day-remove': form('Cr', { span, sure }),
  'calendar-holidays': form('Cf', { year: number }),
  'calendar-holiday': form('Cg', { date, become: oneOf(['closed', 'usual']), sure }),
  'calendar-holidays-all': form('Ci', { year: number, sure }),
  'calendar-block': form('Cb'),
  'calendar-block-time': form('Ct', { staffId: optionalNumber, span }),
  'calendar-block-view': form('Cv', closing),
  'calendar-block-reason': form('Co', closing),
  'calendar-block-do': form('Cm', {
    ...closing,
    bookings: oneOf(['cancel', 'keep']),
    seen: seal,
    reason: seal,
  }),
  'calendar-blocks': form('Cl', { page: number }),
  'calendar-block-card': form('Ck', { blockId: number }),
  'calendar-block-remove': form('Cj', { blockId: number }),
})
