import { shortHash } from '../dialogue/short-hash.ts'
import type { Draft } from '../runtime/turn.ts'

/** Kept with a question whose answer takes the place of a text: which text its admin was shown. */
export function seenText(text: string): Draft {
  return { seen: shortHash(text) }
}

/** Has somebody else changed the text since, so that the answer would take words away that its admin never saw? */
export function isChangedSince(draft: Draft, text: string): boolean {
  return draft['seen'] !== undefined && draft['seen'] !== shortHash(text)
}
