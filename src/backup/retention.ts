import type { KeepPolicy } from '../fleet/backup-settings.ts'
import { isoWeek, localDate } from '../fleet/zone.ts'

/** What retention has to know of one backup. */
export interface RetentionFacts {
  /** Tells it from every other backup. */
  name: string
  /** Of this very fleet, complete, and named as bookctl names its own. */
  ours: boolean
  /** Whose it is: the client's UUID. A client removed and one added later under the same id are two owners. */
  owner: string
  /** The owner is gone from the fleet: these backups are all that is left of it. */
  ownerRemoved: boolean
  createdAt: Date
  /** The final backup of a removal. */
  atRemoval: boolean
  /** What was proved of it: only its bytes, or by a real restore; null: nothing. */
  proof: 'bytes' | 'restore' | null
  /** Pinned until then. */
  keepUntil: Date | null
}

export interface RetentionDecision<T extends RetentionFacts> {
  set: T
  keep: boolean
  /** Why it stays, or why nothing keeps it; for people. */
  reasons: string[]
}

interface Rules {
  policy: KeepPolicy
  now: Date
  zone: string
}

const DAY_MS = 86_400_000

/**
 * Decides for each backup whether it stays. Rules only ever add reasons to keep, so that no order of them can lose
 * what one of them holds:
 *
 * - what is not ours, or comes from the future (a clock that went wrong), stays and counts for nothing;
 * - of each owner the newest really restored one stays, and everything than which no newer one was proved;
 * - pinned ones, and what a removal has left, stay for their time, the newest of a removed client for ever;
 * - the newest of so many days, weeks and months stay, and the newest `minimum` of the proved ones.
 */
export function planRetention<T extends RetentionFacts>(
  sets: readonly T[],
  policy: KeepPolicy,
  now: Date,
  zone: string,
): RetentionDecision<T>[] {
  const aside = sets.flatMap((set): RetentionDecision<T>[] => {
    const reason = asideReason(set, now)
    return reason === undefined ? [] : [{ set, keep: true, reasons: [reason] }]
  })
  const judged = sets.filter((set) => asideReason(set, now) === undefined)
  const decided = [...byOwner(judged, (set) => set.owner).values()].flatMap((own) =>
    decideForOwner(own, { policy, now, zone }),
  )
  return [...aside, ...decided].toSorted((a, b) => newestFirst(a.set, b.set))
}

/**
 * Where more than half would go at once: of one owner, or (null) of all. A policy that was mistyped, or a clock that
 * is wrong, looks like this.
 */
export function findMassRemovals<T extends RetentionFacts>(
  decisions: readonly RetentionDecision<T>[],
): { owner: string | null; removed: number; of: number }[] {
  const ours = decisions.filter(({ set }) => set.ours)
  const groups = [...byOwner(ours, ({ set }) => set.owner)]
  return [...groups.map(([owner, own]) => [owner, own] as const), [null, ours] as const].flatMap(
    ([owner, own]) => {
      const removed = own.filter((one) => !one.keep).length
      return removed * 2 > own.length ? [{ owner, removed, of: own.length }] : []
    },
  )
}

function byOwner<T>(all: readonly T[], ownerOf: (one: T) => string): Map<string, T[]> {
  const owners = new Map<string, T[]>()
  for (const one of all) {
    const own = owners.get(ownerOf(one))
    if (own) own.push(one)
    else owners.set(ownerOf(one), [one])
  }
  return owners
}

function asideReason(set: RetentionFacts, now: Date): string | undefined {
  if (!set.ours) return 'not of this fleet, or not whole'
  return set.createdAt > now ? 'its time lies in the future' : undefined
}

function decideForOwner<T extends RetentionFacts>(own: readonly T[], rules: Rules): RetentionDecision<T>[] {
  const sets = own.toSorted(newestFirst)
  const proved = sets.filter((set) => set.proof !== null)
  const unproved = sets.filter((set) => set.proof === null)
  const reasons = new Map<T, string[]>(sets.map((set) => [set, ownReasons(set, rules)]))
  const keep = (set: T | undefined, reason: string) => set && reasons.get(set)?.push(reason)

  keep(
    proved.find((set) => set.proof === 'restore'),
    'the newest that was restored for proof',
  )
  const newestProved = proved[0]
  for (const set of sets)
    if (!newestProved || set.createdAt >= newestProved.createdAt) keep(set, 'no newer one is proved')
  if (sets[0]?.ownerRemoved) keep(sets[0], 'the newest of a removed client')
  for (const set of proved.slice(0, rules.policy.minimum))
    keep(set, `one of the newest ${rules.policy.minimum}`)
  // Each for itself: backups that nobody could prove must not push out good ones.
  for (const pool of [proved, unproved])
    for (const [set, reason] of periodReasons(pool, rules)) keep(set, reason)

  return sets.map((set) => {
    const found = reasons.get(set) ?? []
    return found.length > 0
      ? { set, keep: true, reasons: found }
      : { set, keep: false, reasons: [`outside ${describePolicy(rules.policy)}`] }
  })
}

function ownReasons(set: RetentionFacts, { policy, now }: Rules): string[] {
  const found: string[] = []
  if (set.keepUntil && set.keepUntil > now) found.push(`pinned until ${day(set.keepUntil)}`)
  const until = new Date(set.createdAt.getTime() + policy.removedDays * DAY_MS)
  if (set.atRemoval && set.ownerRemoved && until > now) found.push(`left by a removal, until ${day(until)}`)
  return found
}

/** The newest of each of the newest days, weeks and months that have any. A pause in backups ages nothing. */
function periodReasons<T extends RetentionFacts>(sets: readonly T[], { policy, zone }: Rules): [T, string][] {
  const periods: [string, number, (date: string) => string][] = [
    ['day', policy.daily, (date) => date],
    ['week', policy.weekly, isoWeek],
    ['month', policy.monthly, (date) => date.slice(0, 7)],
  ]
  return periods.flatMap(([name, limit, periodOf]) => {
    const newest = new Map<string, T>()
    for (const set of sets) {
      const period = periodOf(localDate(set.createdAt, zone))
      if (!newest.has(period)) newest.set(period, set)
    }
    return [...newest].slice(0, limit).map(([period, set]): [T, string] => [set, `${name} ${period}`])
  })
}

function describePolicy({ daily, weekly, monthly, minimum }: KeepPolicy): string {
  return `${daily} days, ${weekly} weeks, ${monthly} months, and not of the newest ${minimum}`
}

function newestFirst(a: RetentionFacts, b: RetentionFacts): number {
  return b.createdAt.getTime() - a.createdAt.getTime() || (a.name < b.name ? 1 : -1)
}

const day = (at: Date) => at.toISOString().slice(0, 10)
