import { mayDo, type Role } from './permissions.ts'

/** A place at the panel. */
export interface Seat {
  telegramId: number
  role: Role
  /** Given by the operator (ADMIN_IDS): the business can neither take it away nor change it. */
  fixed: boolean
}

export type SeatRefusal = 'not-allowed' | 'oneself' | 'gone' | 'fixed'

/**
 * May `actorId` change or take away the seat of `targetId`? Nobody may touch their own: whoever acts stays a super admin,
 * so that a business always keeps one. The seats must be those of this moment, read under the lock of all changes.
 */
export function judgeSeat<S extends Seat>(
  seats: readonly S[],
  actorId: number,
  targetId: number,
): { ok: true; seat: S } | { ok: false; reason: SeatRefusal } {
  if (!mayManage(seats, actorId)) return { ok: false, reason: 'not-allowed' }
  const seat = seats.find(({ telegramId }) => telegramId === targetId)
  if (!seat) return { ok: false, reason: 'gone' }
  if (targetId === actorId) return { ok: false, reason: 'oneself' }
  return seat.fixed ? { ok: false, reason: 'fixed' } : { ok: true, seat }
}

export type AdditionRefusal = 'not-allowed' | 'already' | 'too-many'

/** May `actorId` give `targetId` a seat, when so many were given within the last hour? */
export function judgeAddition(
  seats: readonly Seat[],
  { actorId, targetId, additions, limit }: AdditionFacts,
): 'ok' | AdditionRefusal {
  if (!mayManage(seats, actorId)) return 'not-allowed'
  if (seats.some(({ telegramId }) => telegramId === targetId)) return 'already'
  return additions < limit ? 'ok' : 'too-many'
}

interface AdditionFacts {
  actorId: number
  targetId: number
  additions: number
  limit: number
}

function mayManage(seats: readonly Seat[], telegramId: number): boolean {
  return mayDo(seats.find((seat) => seat.telegramId === telegramId)?.role, 'manage_admins')
}
