import { whenWords } from '../../../../bot/dialogue/words.ts'
import type { Change, Version } from './booking-versions.ts'

/** A line of a booking's history, as far as it must fit what happened. */
export interface HistoryLine {
  id: number
  bookingId: number
  action: Change['action']
  actor: 'customer' | 'admin' | 'system'
  at: number
  oldStatus: string | null
  newStatus: string | null
  oldStartsAt: number | null
  newStartsAt: number | null
}

/** A change, and who made it. */
export interface Done extends Change {
  line: HistoryLine
}

/** What the history should say of a change, for a comparison with what it does say. */
export function historyOf({ action, was, is }: Change): Omit<HistoryLine, 'id' | 'at' | 'actor'> {
  const status = was?.status === is.status ? null : is.status
  return {
    bookingId: is.id,
    action,
    oldStatus: action === 'created' || status === null ? null : (was?.status ?? null),
    newStatus: action === 'created' ? is.status : status,
    oldStartsAt: action === 'rescheduled' ? (was?.startsAt ?? null) : null,
    newStartsAt: action === 'rescheduled' || action === 'created' ? is.startsAt : null,
  }
}

/** How messages name times in a round. */
export interface Telling {
  now: number
  staffNames: ReadonlyMap<number, string>
  /** Bookings that an admin has cancelled by closing their time. */
  closed: ReadonlySet<number>
}

/** Kinds of messages that tell a customer what became of a booking; those that name the member of staff as well. */
const NEWS =
  /^(booking-(confirmed|awaits|moved|cancelled|cancelled-by-business)|customer-\w+|request-expired)$/
const NAMING_STAFF = /^(booking-confirmed|booking-awaits|customer-(booked|changed|confirmed|approved))$/

export const isNews = ({ kind }: { kind: string }): boolean => NEWS.test(kind)

/** The message that a customer must get of what was done: its kind and its facts. Undefined: of what is over nobody is told. */
export function newsOf(done: Done, telling: Telling): string | undefined {
  const { was, is, line } = done
  const later = Math.max(is.startsAt, done.action === 'rescheduled' ? (was?.startsAt ?? 0) : 0)
  if (line.actor !== 'customer' && later <= line.at) return undefined
  const kind = kindOf(done, telling)
  const moved = /^(booking|customer)-moved$/.test(kind)
  return [
    kind,
    is.service,
    ...(moved ? [`Было: ${whenOf({ startsAt: was?.startsAt ?? 0 }, telling)}`] : []),
    `${moved ? 'Теперь: ' : ''}${whenOf(is, telling)}`,
    ...(NAMING_STAFF.test(kind) ? [`Специалист: ${telling.staffNames.get(is.staffId ?? 0)}`] : []),
  ].join('\n')
}

function kindOf({ action, was, is, line }: Done, { closed }: Telling): string {
  const byCustomer = line.actor === 'customer'
  switch (action) {
    case 'created':
      return !byCustomer
        ? 'customer-booked'
        : is.status === 'pending'
          ? 'booking-awaits'
          : 'booking-confirmed'
    case 'rescheduled':
      return !byCustomer ? 'customer-moved' : is.status === 'pending' ? 'booking-awaits' : 'booking-moved'
    case 'changed':
      return 'customer-changed'
    case 'cancelled':
      if (byCustomer) return 'booking-cancelled'
      if (closed.has(is.id)) return 'booking-cancelled-by-business'
      return was?.status === 'pending' ? 'customer-declined' : 'customer-cancelled'
    case 'status':
      break
  }
  if (is.status === 'expired') return 'request-expired'
  return is.status === 'confirmed' ? 'customer-confirmed' : 'customer-approved'
}

/** `чт, 26 ноября, 10:00–11:00`. */
export function whenOf(
  { startsAt, endsAt }: Pick<Version, 'startsAt'> & Partial<Pick<Version, 'endsAt'>>,
  { now }: Pick<Telling, 'now'>,
): string {
  return whenWords(startsAt, endsAt, { language: 'ru', timeZone: 'Europe/Moscow', now })
}

/** The facts in a message, in the same form: what, when, with whom. */
export function factsIn({ kind, text }: { kind: string; text: string }, services: readonly string[]): string {
  const isFact = (line: string) =>
    services.includes(line.split(' + ')[0] ?? '') ||
    /^(Было: |Теперь: )?(пн|вт|ср|чт|пт|сб|вс), /.test(line) ||
    (NAMING_STAFF.test(kind) && line.startsWith('Специалист: '))
  return [kind, ...text.split('\n').filter(isFact)].join('\n')
}
