import type { DateSpan } from './dates-text.ts'
import { type Interval, type IsoDate, overlaps } from './time.ts'
import { readAmount } from './typed.ts'

/** What is to be done to many bookings at once. `staffId` null: of everybody. */
export type MassTask =
  /** `from`: minutes since midnight on the clock of that day; null: all of the day. Negative `minutes`: earlier. */
  | { kind: 'shift'; date: IsoDate; staffId: number | null; from: number | null; minutes: number }
  | { kind: 'service'; date: IsoDate; serviceId: number; toId: number }
  | { kind: 'cancel'; span: DateSpan; staffId: number | null }

/** Further than half a day a booking is moved by itself, with a look at it. */
export const SHIFT_MINUTES_MAX = 720

/** Why a booking stays as it is while others change. */
export type StayReason =
  | 'begun'
  | 'marked'
  | 'to-past'
  | 'outside-hours'
  | 'blocked'
  | 'taken'
  | 'held'
  | 'several'
  | 'not-offered'

/** A booking that is to take another time of its member of staff, buffers included. */
export interface Wish {
  id: number
  staffId: number
  now: Interval
  wanted: Interval
}

/** Time that stays taken whatever becomes of the wishes. `staffId` null: of everybody. */
export type Taken = Interval & { staffId: number | null } & (
    | { by: 'booking' | 'block' }
    /** A customer is about to book it, and decides until then. */
    | { by: 'hold'; until: number }
  )

/** Why a wish cannot come true; `until`: it may be worth another look then. */
export type Clash = { why: 'taken' | 'blocked' } | { why: 'held'; until: number }

/**
 * Which wishes cannot come true, and why; what will pass by itself is said only where nothing else is in the way. One that stays keeps its old place, which may stop others: what is left fits
 * together, whatever order it is looked at. Where two that both grow would meet, the earlier one stays, for it is its end
 * that runs into the other.
 */
export function settleWishes(wishes: readonly Wish[], taken: readonly Taken[]): Map<number, Clash> {
  const stays = new Map<number, Clash>()
  const latestFirst = wishes.toSorted((a, b) => b.now.start - a.now.start)
  const clashOf = (wish: Wish): Clash | undefined => {
    const obstacles = taken.filter(
      (other) => (other.staffId === null || other.staffId === wish.staffId) && overlaps(other, wish.wanted),
    )
    const lasting = obstacles.find(({ by }) => by !== 'hold')
    if (lasting) return { why: lasting.by === 'block' ? 'blocked' : 'taken' }
    const isHit = latestFirst.some((other) => {
      if (other.id === wish.id || other.staffId !== wish.staffId) return false
      if (stays.has(other.id)) return overlaps(other.now, wish.wanted)
      return other.now.start > wish.now.start && overlaps(other.wanted, wish.wanted)
    })
    if (isHit) return { why: 'taken' }
    const untils = obstacles.flatMap((other) => (other.by === 'hold' ? [other.until] : []))
    return untils.length > 0 ? { why: 'held', until: Math.max(...untils) } : undefined
  }
  for (let isSettled = false; !isSettled; ) {
    isSettled = true
    for (const wish of latestFirst) {
      const clash = stays.has(wish.id) ? undefined : clashOf(wish)
      if (clash === undefined) continue
      stays.set(wish.id, clash)
      isSettled = false
    }
  }
  return stays
}

/**
 * The order in which wishes that fit together can be written one by one, no two ever overlapping on the way: whoever
 * goes first must not need a place that another one has not left yet.
 */
export function orderOfWrites<T extends Wish>(wishes: readonly T[]): T[] {
  const order: T[] = []
  const waiting = [...wishes]
  while (waiting.length > 0) {
    const index = waiting.findIndex((wish) =>
      waiting.every(
        (other) =>
          other.id === wish.id || other.staffId !== wish.staffId || !overlaps(other.now, wish.wanted),
      ),
    )
    const [next] = index < 0 ? [] : waiting.splice(index, 1)
    if (!next) throw new Error('bookings that exchange their places cannot be written one by one')
    order.push(next)
  }
  return order
}

const SHIFT = /^(?:на\s+|by\s+)?([+\-−–]?)\s*(.+?)\s*(позже|вперед|вперёд|later|раньше|назад|earlier)?$/i
const EARLIER = /^(раньше|назад|earlier)$/i

/** By how many minutes: `20`, `+20`, `-30 минут`, `на час раньше`, `2 часа`. Undefined for anything else. */
export function readShift(text: string): number | undefined {
  const [, sign = '', amount = '', word = ''] = SHIFT.exec(text.trim()) ?? []
  const minutes = /^час$|^hour$|^an hour$/i.test(amount) ? 60 : readAmount(amount, 'minutes')
  if (minutes === undefined || minutes === 0 || minutes > SHIFT_MINUTES_MAX) return undefined
  const isMinus = sign !== '' && sign !== '+'
  if (word === '') return isMinus ? -minutes : minutes
  const isEarlier = EARLIER.test(word)
  // `-30 позже` says two things at once.
  if (sign !== '' && isMinus !== isEarlier) return undefined
  return isEarlier ? -minutes : minutes
}
