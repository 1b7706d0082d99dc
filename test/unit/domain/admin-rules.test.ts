import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgeAddition, judgeSeat, type Seat } from '../../../bot/domain/admin-rules.ts'

const OPERATORS = 1
const OWNER = 2
const PARTNER = 3
const MODERATOR = 4
const STRANGER = 9
const seats: Seat[] = [
  { telegramId: OPERATORS, role: 'super_admin', fixed: true },
  { telegramId: OWNER, role: 'super_admin', fixed: false },
  { telegramId: PARTNER, role: 'super_admin', fixed: false },
  { telegramId: MODERATOR, role: 'moderator', fixed: false },
]

describe('changing or removing an admin', () => {
  test.each([
    ['the owner takes away a moderator', OWNER, MODERATOR, 'ok'],
    ['the owner takes away a partner', OWNER, PARTNER, 'ok'],
    ['the operator’s admin takes away the owner', OPERATORS, OWNER, 'ok'],
    ['nobody takes away whom the operator has appointed', OWNER, OPERATORS, 'fixed'],
    ['nobody takes away themselves', OWNER, OWNER, 'oneself'],
    ['not even the operator’s admin', OPERATORS, OPERATORS, 'oneself'],
    ['a moderator takes away nobody', MODERATOR, OWNER, 'not-allowed'],
    ['nor themselves', MODERATOR, MODERATOR, 'not-allowed'],
    ['who has lost the role a moment ago takes away nobody', STRANGER, OWNER, 'not-allowed'],
    ['who is gone already cannot be taken away again', OWNER, STRANGER, 'gone'],
  ])('%s', (_, actor, target, expected) => {
    const judged = judgeSeat(seats, actor, target)
    expect(judged.ok ? 'ok' : judged.reason).toBe(expected)
  })

  test('whatever admins do to each other, a business that had a super admin keeps one', () => {
    const people = fc.integer({ min: 0, max: 4 })
    const seat = fc.record({ role: fc.constantFrom('super_admin', 'moderator'), fixed: fc.boolean() })
    const acts = fc.array(
      fc.record({ by: people, to: people, wish: fc.constantFrom('super_admin', 'moderator', 'out') }),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(fc.array(seat, { minLength: 1, maxLength: 5 }), acts, (given, wishes) => {
        let now = given.map(
          (one, telegramId): Seat => ({
            telegramId,
            fixed: one.fixed,
            role: one.fixed || telegramId === 0 ? 'super_admin' : one.role,
          }),
        )
        for (const { by, to, wish } of wishes) {
          if (!judgeSeat(now, by, to).ok) continue
          now = now.flatMap((one) =>
            one.telegramId !== to ? [one] : wish === 'out' ? [] : [{ ...one, role: wish }],
          )
          expect(now.some(({ role }) => role === 'super_admin')).toBe(true)
        }
      }),
    )
  })
})

describe('adding an admin', () => {
  test.each([
    ['the owner adds somebody', OWNER, STRANGER, 2, 'ok'],
    ['the operator’s admin too', OPERATORS, STRANGER, 0, 'ok'],
    ['a fourth one within an hour is too many', OWNER, STRANGER, 3, 'too-many'],
    ['for the operator’s admin too', OPERATORS, STRANGER, 3, 'too-many'],
    ['who is an admin already needs no adding, however many were added', OWNER, MODERATOR, 3, 'already'],
    ['a moderator adds nobody', MODERATOR, STRANGER, 0, 'not-allowed'],
    ['a customer adds nobody, not even themselves', STRANGER, STRANGER, 0, 'not-allowed'],
  ])('%s', (_, actorId, targetId, additions, expected) => {
    expect(judgeAddition(seats, { actorId, targetId, additions, limit: 3 })).toBe(expected)
  })
})
