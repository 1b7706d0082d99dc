import { createHash } from 'node:crypto'

/** First line of generated text; the checksum is of what follows. */
const SEAL = /^# Written by bookctl [^\n]*\(checksum ([0-9a-f]{12})\)\r?\n/m

/**
 * Generated text under a first line that says so and holds the text's checksum: by it a person's change is told from
 * an older bookctl's text.
 */
export function seal(about: string, body: string): string {
  return `# Written by bookctl ${about} (checksum ${checksum(body)})\n${body}`
}

export interface Unsealed {
  /** What stands before the generated text: the person's. */
  before: string
  /** The generated text without its first line. */
  body: string
  /** A person has changed the generated text. */
  edited: boolean
}

/** Finds the generated text in a file; undefined where there is none. */
export function unseal(text: string): Unsealed | undefined {
  const found = SEAL.exec(text)
  if (!found) return undefined
  const body = text.slice(found.index + found[0].length)
  return { before: text.slice(0, found.index), body, edited: checksum(body) !== found[1] }
}

/** Line ends of another system are no change. */
function checksum(body: string): string {
  return createHash('sha256').update(body.replaceAll('\r\n', '\n')).digest('hex').slice(0, 12)
}
