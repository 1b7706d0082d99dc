import { createHash } from 'node:crypto'

/** Eight signs by which a button knows the text or the plan again that was shown with it; empty for an empty text. */
export function shortHash(text: string): string {
  return text === '' ? '' : createHash('sha256').update(text).digest('hex').slice(0, 8)
}
