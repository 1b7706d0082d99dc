import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findMassRemovals, planRetention, type RetentionFacts } from '../../../src/backup/retention.ts'
import type { KeepPolicy } from '../../../src/fleet/backup-settings.ts'
import { isoWeek, localDate } from '../../../src/fleet/zone.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const ZONE = 'Europe/Moscow'
const POLICY: KeepPolicy = { daily: 7, weekly: 4, monthly: 6, minimum: 3, removedDays: 365 }
const NOW = new Date('2026-11-25T12:00:00Z')

function made(at: string, more: Partial<RetentionFacts> = {}): RetentionFacts {
  return {
    name: `${more.owner ?? 'anna'} ${at}`,
    ours: true,
    owner: 'anna',
    ownerRemoved: false,
    createdAt: new Date(at),
    atRemoval: false,
    proof: 'restore',
    keepUntil: null,
    ...more,
  }
}

/** One backup each night at 03:00 of Moscow, the newest last night. */
const nights = (count: number, more: Partial<RetentionFacts> = {}) =>
  Array.from({ length: count }, (_, back) =>
    made(new Date(Date.parse('2026-11-25T00:00:00Z') - back * DAY_MS).toISOString(), more),
  )

const plan = (sets: RetentionFacts[], policy = POLICY, now = NOW) => planRetention(sets, policy, now, ZONE)
const kept = (sets: RetentionFacts[], policy = POLICY) =>
  plan(sets, policy)
    .filter((one) => one.keep)
    .map(({ set }) => set.createdAt.toISOString().slice(0, 10))

describe('what stays of a client', () => {
  test('of two hundred nights: 7 days, 4 weeks, 6 months', () => {
    expect(kept(nights(200))).toEqual(
      [
        '2026-11-25 2026-11-24 2026-11-23 2026-11-22 2026-11-21 2026-11-20 2026-11-19',
        '2026-11-15 2026-11-08',
        '2026-10-31 2026-09-30 2026-08-31 2026-07-31 2026-06-30',
      ]
        .join(' ')
        .split(' '),
    )
  })

  test('each tells its reasons, and what goes tells the policy', () => {
    const decisions = plan(nights(30))
    expect(decisions[0]?.reasons).toEqual([
      'the newest that was restored for proof',
      'no newer one is proved',
      'one of the newest 3',
      'day 2026-11-25',
      'week 2026-W48',
      'month 2026-11',
    ])
    expect(decisions[8]).toMatchObject({
      keep: false,
      reasons: ['outside 7 days, 4 weeks, 6 months, and not of the newest 3'],
    })
  })

  test('a pause of a year in backups ages none of those before it', () => {
    expect(kept([made('2024-11-20T00:00:00Z'), made('2024-11-19T00:00:00Z')])).toHaveLength(2)
  })

  test('days are those of the fleet’s zone', () => {
    // 23:30 and 00:30 of Moscow: one date in UTC, two for the operator.
    const sets = [made('2026-11-20T20:30:00Z'), made('2026-11-20T21:30:00Z'), ...nights(3)]
    expect(kept(sets, { ...POLICY, daily: 5, weekly: 0, monthly: 0 })).toHaveLength(5)
  })

  test('a failing verification night after night pushes out no good backup', () => {
    const good = nights(40).slice(20)
    const sets = [...nights(20, { proof: null }), ...good]
    const stay = plan(sets).filter(({ keep, set }) => keep && set.proof !== null)
    expect(stay).toHaveLength(planRetention(good, POLICY, NOW, ZONE).filter(({ keep }) => keep).length)
  })

  test('where none was ever proved nothing goes', () => {
    expect(kept(nights(50, { proof: null }))).toHaveLength(50)
  })

  test('the last one that was really restored stays, however many have only been read since', () => {
    const restored = made('2025-01-05T00:00:00Z')
    expect(kept([...nights(300, { proof: 'bytes' }), restored])).toContain('2025-01-05')
  })

  test('a pinned one stays until its time, and no longer', () => {
    const pinned = (until: string) => [
      ...nights(20),
      made('2026-11-10T05:00:00Z', { keepUntil: new Date(until) }),
    ]
    expect(kept(pinned('2026-11-26T00:00:00Z'))).toContain('2026-11-10')
    expect(kept(pinned('2026-11-25T00:00:00Z'))).not.toContain('2026-11-10')
  })

  test('a removed client keeps what its removal left for a year, and the newest of it for ever', () => {
    const removed = { owner: 'old', ownerRemoved: true, atRemoval: true }
    const strict = { daily: 0, weekly: 0, monthly: 0, minimum: 1, removedDays: 365 }
    const sets = ['2025-12-01', '2025-11-01', '2020-01-01'].map((at) => made(`${at}T00:00:00Z`, removed))
    expect(kept(sets, strict)).toEqual(['2025-12-01'])
    expect(plan(sets, strict)[0]?.reasons).toContain('the newest of a removed client')
    expect(kept(sets, { ...strict, removedDays: 400 })).toEqual(['2025-12-01', '2025-11-01'])
  })

  test('a client added again under an old id does not age the backups of the first', () => {
    const first = made('2020-01-01T00:00:00Z', { owner: 'old', ownerRemoved: true, atRemoval: true })
    expect(kept([...nights(300), first])).toContain('2020-01-01')
  })

  test('a backup from a clock that was wrong stays, and makes no other one old', () => {
    const future = made('2031-01-01T00:00:00Z')
    expect(kept([future, made('2026-01-01T00:00:00Z')])).toEqual(['2031-01-01', '2026-01-01'])
  })
})

describe('more than half at once', () => {
  test('of one client is found, while the whole loses less', () => {
    const decisions = plan([...nights(30), ...nights(25, { owner: 'boris', proof: null })])
    expect(findMassRemovals(decisions)).toEqual([{ owner: 'anna', removed: 20, of: 30 }])
  })

  test('of the whole is found too; half is not more than half', () => {
    const decisions = (removed: number) =>
      nights(10).map((set, index) => ({ set, keep: index >= removed, reasons: [] }))
    expect(findMassRemovals(decisions(5))).toEqual([])
    expect(findMassRemovals(decisions(6))).toEqual([
      { owner: 'anna', removed: 6, of: 10 },
      { owner: null, removed: 6, of: 10 },
    ])
  })

  test('what is not ours does not hide it', () => {
    const foreign = nights(100, { ours: false, owner: 'x' })
    const ours = nights(4).map((set, index) => ({ set, keep: index > 2, reasons: [] }))
    expect(findMassRemovals([...ours, ...plan(foreign)])).toHaveLength(2)
  })
})

const arbitraryPolicy = fc.record({
  daily: fc.integer({ min: 0, max: 10 }),
  weekly: fc.integer({ min: 0, max: 6 }),
  monthly: fc.integer({ min: 0, max: 6 }),
  minimum: fc.integer({ min: 1, max: 5 }),
  removedDays: fc.integer({ min: 1, max: 400 }),
})

/** Any clients, any hours over three years back and some ahead (a clock that jumped), any proofs, pins, strangers. */
const arbitraryHistory = fc
  .array(
    fc.record({
      hoursAgo: fc.oneof(fc.integer({ min: -500, max: 1500 }), fc.integer({ min: 0, max: 26_000 })),
      owner: fc.constantFrom('anna', 'boris', 'old'),
      ours: fc.integer({ min: 0, max: 9 }).map((one) => one > 0),
      proof: fc.constantFrom<RetentionFacts['proof']>(null, 'bytes', 'restore'),
      atRemoval: fc.boolean(),
      pinnedHours: fc.option(fc.integer({ min: -100, max: 100 })),
    }),
    { maxLength: 120 },
  )
  .map((drafts) =>
    drafts.map(({ hoursAgo, owner, ours, proof, atRemoval, pinnedHours }, index) => ({
      name: `${owner}-${index}`,
      ours,
      owner,
      ownerRemoved: owner === 'old',
      createdAt: new Date(NOW.getTime() - hoursAgo * HOUR_MS),
      atRemoval,
      proof,
      keepUntil: pinnedHours === null ? null : new Date(NOW.getTime() + pinnedHours * HOUR_MS),
    })),
  )

// Busy machines take long over random cases.
describe('whatever has happened before', { timeout: 60_000 }, () => {
  const always = (check: (sets: RetentionFacts[], policy: KeepPolicy) => void) =>
    fc.assert(fc.property(arbitraryHistory, arbitraryPolicy, check), { numRuns: 400 })
  const ofClock = (sets: RetentionFacts[]) => sets.filter((set) => set.ours && set.createdAt <= NOW)
  const owners = (sets: RetentionFacts[]) => new Set(sets.map((set) => set.owner))
  const split = (sets: RetentionFacts[], policy: KeepPolicy) => {
    const decisions = plan(sets, policy)
    const of = (keep: boolean) => decisions.filter((one) => one.keep === keep).map(({ set }) => set)
    return { kept: of(true), removed: of(false), decisions }
  }

  test('every backup is decided once, with a reason, in whatever order they are found', () => {
    always((sets, policy) => {
      const { decisions } = split(sets, policy)
      expect(new Set(decisions.map(({ set }) => set))).toEqual(new Set(sets))
      expect(decisions).toHaveLength(sets.length)
      for (const one of decisions) expect(one.reasons).not.toEqual([])
      expect(plan(sets.toReversed(), policy)).toEqual(decisions)
    })
  })

  test('what goes is ours, of the past, not pinned, and a newer proved one of the same client stays', () => {
    always((sets, policy) => {
      const { kept, removed } = split(sets, policy)
      for (const gone of removed) {
        expect(gone.ours && gone.createdAt <= NOW).toBe(true)
        expect(gone.keepUntil === null || gone.keepUntil <= NOW).toBe(true)
        expect(
          ofClock(kept).some(
            (one) => one.owner === gone.owner && one.proof !== null && one.createdAt > gone.createdAt,
          ),
        ).toBe(true)
      }
    })
  })

  test('the newest really restored backup of each client stays, and never fewer proved ones than the minimum', () => {
    always((sets, policy) => {
      const { kept } = split(sets, policy)
      for (const owner of owners(sets)) {
        const own = ofClock(sets).filter((set) => set.owner === owner)
        const restored = own.filter((set) => set.proof === 'restore').map((set) => set.createdAt.getTime())
        const stay = ofClock(kept).filter((set) => set.owner === owner)
        if (restored.length > 0)
          expect(
            stay.some((one) => one.proof === 'restore' && one.createdAt.getTime() === Math.max(...restored)),
          ).toBe(true)
        const proved = own.filter((set) => set.proof !== null)
        expect(stay.filter((set) => set.proof !== null).length).toBeGreaterThanOrEqual(
          Math.min(policy.minimum, proved.length),
        )
      }
    })
  })

  test('so many days, weeks and months as the policy says keep a proved backup, where there are so many', () => {
    always((sets, policy) => {
      const { kept } = split(sets, policy)
      for (const owner of owners(sets)) {
        const count = (some: RetentionFacts[], period: (date: string) => string) =>
          new Set(
            ofClock(some)
              .filter((set) => set.owner === owner && set.proof !== null)
              .map((set) => period(localDate(set.createdAt, ZONE))),
          ).size
        for (const [limit, period] of [
          [policy.daily, (date: string) => date],
          [policy.weekly, isoWeek],
          [policy.monthly, (date: string) => date.slice(0, 7)],
        ] as const)
          expect(count(kept, period)).toBeGreaterThanOrEqual(Math.min(limit, count(sets, period)))
      }
    })
  })

  test('a removed client keeps its newest backup, and those of its removal for their time', () => {
    always((sets, policy) => {
      const old = ofClock(sets).filter((set) => set.ownerRemoved)
      const { kept } = split(sets, policy)
      const newest = Math.max(...old.map((set) => set.createdAt.getTime()))
      if (old.length > 0)
        expect(kept.some((one) => one.ownerRemoved && one.createdAt.getTime() === newest)).toBe(true)
      for (const set of old.filter((one) => one.atRemoval))
        if (set.createdAt.getTime() + policy.removedDays * DAY_MS > NOW.getTime()) expect(kept).toContain(set)
    })
  })

  test('the same prune again removes nothing more', () => {
    always((sets, policy) => {
      expect(split(split(sets, policy).kept, policy).removed).toEqual([])
    })
  })

  test('what could go stays removable when newer backups come', () => {
    always((sets, policy) => {
      const newer = made(new Date(NOW.getTime() + HOUR_MS).toISOString())
      const later = new Date(NOW.getTime() + 2 * HOUR_MS)
      const past = sets.filter((set) => set.createdAt <= NOW)
      const before = split(past, policy).removed
      const after = planRetention([...past, newer], policy, later, ZONE).filter((one) => !one.keep)
      expect(after.map(({ set }) => set)).toEqual(expect.arrayContaining(before))
    })
  })
})
