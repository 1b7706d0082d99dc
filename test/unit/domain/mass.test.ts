import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { orderOfWrites, readShift, settleWishes, type Taken, type Wish } from '../../../bot/domain/mass.ts'
import { overlaps } from '../../../bot/domain/time.ts'

/** Times in hours, for reading. */
const wish = (id: number, from: number, to: number, length = 1, newLength = length, staffId = 1): Wish => ({
  id,
  staffId,
  now: { start: from, end: from + length },
  wanted: { start: to, end: to + newLength },
})
const settled = (wishes: readonly Wish[], taken: readonly Taken[] = []) =>
  Object.fromEntries([...settleWishes(wishes, taken)].map(([id, { why }]) => [id, why]))

describe('bookings that are to change together', () => {
  test.each<[string, Wish[], Taken[], Record<number, string>]>([
    ['move into each other’s old places', [wish(1, 10, 11), wish(2, 11, 12), wish(3, 12, 13)], [], {}],
    ['also backwards', [wish(1, 10, 9), wish(2, 11, 10)], [], {}],
    [
      'stay behind one that cannot move, each of them',
      [wish(1, 10, 11), wish(2, 11, 12), wish(3, 13, 14)],
      [{ start: 12, end: 13, staffId: 1, by: 'block' }],
      { 1: 'taken', 2: 'blocked' },
    ],
    [
      'stop at a block of everybody',
      [wish(1, 10, 11)],
      [{ start: 11.5, end: 12, staffId: null, by: 'block' }],
      { 1: 'blocked' },
    ],
    [
      'pass what takes the time of others',
      [wish(1, 10, 11)],
      [{ start: 11, end: 12, staffId: 2, by: 'booking' }],
      {},
    ],
    [
      'wait for what is only held',
      [wish(1, 10, 11)],
      [{ start: 11, end: 12, staffId: 1, by: 'hold', until: 10 }],
      { 1: 'held' },
    ],
    [
      'do not wait where something else is in the way, too',
      [wish(1, 10, 11), wish(2, 13, 13)],
      [
        { start: 11, end: 11.5, staffId: 1, by: 'hold', until: 10 },
        { start: 11.5, end: 12, staffId: 1, by: 'block' },
      ],
      { 1: 'blocked' },
    ],
    ['touch freely', [wish(1, 10, 11)], [{ start: 12, end: 13, staffId: 1, by: 'booking' }], {}],
    ['do not grow into the next one', [wish(1, 10, 10, 1, 2), wish(2, 11, 11, 1, 1)], [], { 1: 'taken' }],
    ['grow where the next one stays out of the way', [wish(1, 10, 10, 1, 2), wish(2, 12, 12, 1, 2)], [], {}],
  ])('%s', (_, wishes, taken, expected) => {
    expect(settled(wishes, taken)).toEqual(expected)
  })

  test('wait for the last of several holds', () => {
    const held = (until: number): Taken => ({ start: 11, end: 12, staffId: 1, by: 'hold', until })
    expect(settleWishes([wish(1, 10, 11)], [held(3), held(5), held(4)]).get(1)).toEqual({
      why: 'held',
      until: 5,
    })
  })

  test('never overlap, neither in the end nor on the way there', () => {
    const apart = fc
      .array(
        fc.record({
          gap: fc.nat(3),
          length: fc.integer({ min: 1, max: 4 }),
          staff: fc.integer({ min: 1, max: 2 }),
        }),
        {
          maxLength: 8,
        },
      )
      .map((rows) => {
        const ends = new Map<number, number>()
        return rows.map(({ gap, length, staff }, id) => {
          const start = (ends.get(staff) ?? 0) + gap
          ends.set(staff, start + length)
          return { id, staffId: staff, now: { start, end: start + length } }
        })
      })
    const changes = fc.oneof(
      fc
        .integer({ min: -6, max: 6 })
        .map((by) => (now: Wish['now']) => ({ start: now.start + by, end: now.end + by })),
      fc
        .integer({ min: 1, max: 5 })
        .map((length) => (now: Wish['now']) => ({ start: now.start, end: now.start + length })),
    )
    const blocks = fc.array(fc.record({ start: fc.nat(25), length: fc.integer({ min: 1, max: 3 }) }), {
      maxLength: 2,
    })
    fc.assert(
      fc.property(apart, changes, blocks, (bookings, change, closed) => {
        const wishes = bookings.map((one) => ({ ...one, wanted: change(one.now) }))
        const taken = closed
          .map(({ start, length }) => ({ start, end: start + length, staffId: null, by: 'block' as const }))
          .filter((block) => !bookings.some(({ now }) => overlaps(now, block)))
        const stays = settleWishes(wishes, taken)
        const places = new Map(wishes.map(({ id, staffId, now }) => [id, { staffId, ...now }]))
        const isClean = () =>
          [...places].every(([id, place]) =>
            [...places].every(
              ([other, its]) => id === other || its.staffId !== place.staffId || !overlaps(its, place),
            ),
          ) && [...places.values()].every((place) => !taken.some((block) => overlaps(block, place)))
        const going = wishes.filter(({ id }) => !stays.has(id))
        for (const { id, staffId, wanted } of orderOfWrites(going)) {
          places.set(id, { staffId, ...wanted })
          expect(isClean()).toBe(true)
        }
        expect(orderOfWrites(going)).toHaveLength(going.length)
      }),
      { numRuns: 500 },
    )
  })
})

test.each([
  ['20', 20],
  ['+20', 20],
  ['-20', -20],
  ['−20 мин', -20],
  ['30 минут позже', 30],
  ['на 30 минут раньше', -30],
  ['на час позже', 60],
  ['2 часа', 120],
  ['1 hour earlier', -60],
  ['-30 раньше', -30],
  ['-30 позже', undefined],
  ['0', undefined],
  ['721', undefined],
  ['завтра', undefined],
  ['', undefined],
])('“%s” shifts by %s minutes', (text, minutes) => {
  expect(readShift(text)).toBe(minutes)
})
