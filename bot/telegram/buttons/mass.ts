import { type MassTask, SHIFT_MINUTES_MAX } from '../../domain/mass.ts'
import { date, type Field, month, number, oneOf, optionalNumber, word } from '../button-fields.ts'
import { form, needs } from '../button-forms.ts'
import { optionalDate, seal, span } from './calendar.ts'

/** A time of the clock in minutes since midnight, or nothing. */
const optionalClock: Field<number | null> = {
  ...optionalNumber,
  read(text) {
    const minutes = optionalNumber.read(text)
    return minutes === null || (minutes !== undefined && minutes < 1440) ? minutes : undefined
  },
}

const minutes: Field<number> = {
  write: (value) => (value < 0 ? `-${number.write(-value)}` : number.write(value)),
  read(text) {
    const amount = number.read(text.replace('-', ''))
    if (amount === undefined || amount === 0 || amount > SHIFT_MINUTES_MAX) return undefined
    return text.startsWith('-') ? -amount : amount
  },
  example: '-u',
}

const LETTERS = { shift: 's', service: 'v', cancel: 'c' } as const

/** A whole task: its kind in a letter, then its values between dots. */
const task: Field<MassTask> = {
  write(value) {
    const { kind } = value
    const words =
      kind === 'shift'
        ? [
            date.write(value.date),
            optionalNumber.write(value.staffId),
            optionalClock.write(value.from),
            minutes.write(value.minutes),
          ]
        : kind === 'service'
          ? [date.write(value.date), number.write(value.serviceId), number.write(value.toId)]
          : [span.write(value.span), optionalNumber.write(value.staffId)]
    return `${LETTERS[kind]}${words.join('.')}`
  },
  read(text) {
    const [first = '', second = '', third = '', fourth = ''] = text.slice(1).split('.')
    switch (text.slice(0, 1)) {
      case LETTERS.shift:
        return whole({
          kind: 'shift',
          date: date.read(first),
          staffId: optionalNumber.read(second),
          from: optionalClock.read(third),
          minutes: minutes.read(fourth),
        })
      case LETTERS.service:
        return whole({
          kind: 'service',
          date: date.read(first),
          serviceId: number.read(second),
          toId: number.read(third),
        })
      case LETTERS.cancel:
        return whole({
          kind: 'cancel',
          span: span.read(`${first}.${second}`),
          staffId: optionalNumber.read(third),
        })
      default:
        return undefined
    }
  },
  example: 'c2026-12-01.1.',
}

type Readable<T> = { [K in keyof T]: K extends 'kind' ? T[K] : T[K] | undefined }

/** The task, if none of its values was unreadable. */
function whole<T extends MassTask>(read: Readable<T>): T | undefined {
  return Object.values(read).includes(undefined) ? undefined : (read as T)
}

const shifted = { date, staffId: optionalNumber, from: optionalClock }

/** Many bookings at once: shift a day, change a service for a day, cancel days. `staffId` null: everybody. */
export const MASS_BUTTONS = needs('manage_bookings', {
  mass: form('Ma'),
  'mass-pick': form('Mp', { op: oneOf(['shift', 'service', 'cancel']), month, from: optionalDate }),
  'mass-shift': form('Ms', shifted),
  'mass-from': form('Mf', shifted),
  'mass-shift-who': form('Mg', { date, from: optionalClock, page: number }),
  'mass-cancel-who': form('Mk', { span, page: number }),
  'mass-service': form('Mc', { date, page: number }),
  'mass-service-to': form('Mt', { date, serviceId: number, page: number }),
  'mass-view': form('Mv', { task, page: number }),
  'mass-reason': form('Mr', { task }),
  'mass-do': form('Mx', { task, seen: seal, reason: seal, intent: word(/^[a-z0-9]{1,12}$/, 'a1') }),
})
