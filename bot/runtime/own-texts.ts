import type { Logger } from 'pino'
import type { TextKey } from '../i18n/keys.ts'
import { type OwnTexts, type Texts, textsFor } from '../i18n/texts.ts'
import type { OwnText } from '../storage/own-texts.ts'
import type { Language } from '../storage/users.ts'

/**
 * The texts of each language with the business's own in place. These are read anew for each update and each job, so that
 * an edited text is in the next message, whichever process sends it, and a restore brings them back with the rest.
 */
export function textsWith(rows: readonly OwnText[], log: Logger): (language: Language) => Texts {
  const own = ownTexts(rows, (key, language) =>
    log.warn({ event: 'own_text_not_shown', text: key, language }),
  )
  return (language) => textsFor(language, own)
}

/** Rows as the texts layer asks for them. */
export function ownTexts(
  rows: readonly OwnText[],
  onBroken: (key: TextKey, language: Language) => void = () => undefined,
): OwnTexts {
  const bodies = new Map(rows.map(({ key, language, body }) => [`${language}:${key}`, body]))
  return { find: (key, language) => bodies.get(`${language}:${key}`), onBroken }
}
