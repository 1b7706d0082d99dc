import { TOKEN_FORM } from '../../bot/contract/env.ts'

/** Too short a value would blot out innocent text. */
const SHORTEST = 8
const known = new Set<string>()
// Any Telegram token, known or not, as it stands inside other text.
const ANY_TOKEN = new RegExp(TOKEN_FORM.source.replace(/^\^/, '(?<![0-9])').replace(/\$$/, ''), 'g')

/** Remembers a secret of this run, so that `redact` finds it in anything that is printed or stored. */
export function registerSecret(value: string | undefined): void {
  if (value !== undefined && value.length >= SHORTEST) known.add(value)
}

/** A text without the secrets of this run: the last wall before a terminal, a log or the journal. */
export function redact(text: string): string {
  let clean = text.replace(ANY_TOKEN, '$1:[redacted]')
  for (const secret of known) {
    clean = clean.replaceAll(secret, '[redacted]')
    const encoded = encodeURIComponent(secret)
    if (encoded !== secret) clean = clean.replaceAll(encoded, '[redacted]')
  }
  return clean
}
