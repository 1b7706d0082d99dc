import type { Turn } from '../runtime/turn.ts'

/** Characters of a reason that customers are told. */
export const REASON_MAX = 200

/** The reason travels in the dialogue, for a button has no room for it. `about`: for what it was given. */
export function keepReason({ effects }: Turn, about: string, reason: string): void {
  effects.dialogue({ v: 1, screen: 'reason', draft: { about, reason } })
}

/** Empty where there is none, or it was lost. */
export function keptReason({ dialogue }: Turn, about: string): string {
  const { about: kept, reason } = dialogue?.draft ?? {}
  return kept === about && typeof reason === 'string' ? reason : ''
}
