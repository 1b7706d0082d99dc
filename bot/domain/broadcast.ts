/** Whom a broadcast goes to, among those who agreed to receive it. */
export type Audience = { kind: 'all' } | { kind: 'active'; days: number } | { kind: 'tag'; tag: string }

/** How far a broadcast is: what became of each message, and how many have not got theirs yet. */
export interface Counts {
  delivered: number
  blocked: number
  failed: number
  left: number
}

export function totalOf({ delivered, blocked, failed, left }: Counts): number {
  return delivered + blocked + failed + left
}

/** Minutes that so many messages take, at the pace at which they are sent. */
export function minutesFor(count: number, perSecond: number): number {
  return Math.max(1, Math.ceil(count / perSecond / 60))
}
