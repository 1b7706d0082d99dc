import { TOKEN_ANYWHERE } from '../../bot/contract/env.ts'

/** Too short a value would blot out innocent text. */
const SHORTEST = 8
const known = new Set<string>()

/** Remembers a secret of this run, so that `redact` finds it in anything that is printed or stored. */
export function registerSecret(value: string | undefined): void {
  if (value !== undefined && value.length >= SHORTEST) known.add(value)
}

/** A text without the secrets of this run: the last wall before a terminal, a log or the journal. */
export function redact(text: string): string {
  let clean = text.replace(TOKEN_ANYWHERE, '$1:[redacted]')
  for (const secret of known) {
    clean = clean.replaceAll(secret, '[redacted]')
    const encoded = encodeURIComponent(secret)
    if (encoded !== secret) clean = clean.replaceAll(encoded, '[redacted]')
  }
  return clean
}
