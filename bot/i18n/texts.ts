import { fillBody } from '../domain/own-text.ts'
import type { Language } from '../storage/users.ts'
import { bundles } from './bundles.ts'
import type { TextKey } from './keys.ts'

/** HTML that was made here and needs no escaping. */
export interface Html {
  readonly html: string
}

export type TextArgs = Record<string, string | number | Html>

/** All texts of one language. */
export interface Texts {
  readonly language: Language
  /** A message in Telegram's HTML; values are escaped and cut, unless they are Html already. */
  html(key: TextKey, args?: TextArgs): string
  /** For buttons, toasts and commands, which know no HTML. */
  plain(key: TextKey, args?: Record<string, string | number>): string
}

/** Texts that a business has written itself, in place of the product's; bot/domain/own-text.ts says in which form. */
export interface OwnTexts {
  find(key: TextKey, language: Language): string | undefined
  /** Told of one that could not be shown, for whoever looks after the business. */
  onBroken(key: TextKey, language: Language): void
}

/** Is there such a text? For keys that are put together. */
export function isTextKey(key: string): key is TextKey {
  return bundles.ru.hasMessage(key)
}

/** Longer values are cut for display, so that no name can break the limit of a message (4096) or bury its sense. */
const VALUE_MAX = 200

export function escapeHtml(value: string): Html {
  return { html: value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') }
}

/** Cuts on a character, not within a surrogate pair. */
export function shorten(value: string, max = VALUE_MAX): string {
  const characters = [...value]
  return characters.length <= max ? value : `${characters.slice(0, max - 1).join('')}…`
}

/** The texts of a language: the product's, and in messages those that the business has put in their place. */
export function textsFor(language: Language, own?: OwnTexts): Texts {
  const bundle = bundles[language]
  const format = (key: TextKey, args: Record<string, string | number>) => {
    const pattern = bundle.getMessage(key)?.value
    if (!pattern) throw new Error(`no text '${key}' in ${language}`)
    const errors: Error[] = []
    const text = bundle.formatPattern(pattern, args, errors)
    if (errors[0]) throw new Error(`text '${key}' in ${language}: ${errors[0].message}`)
    return text
  }
  const numbers = new Intl.NumberFormat(bundle.locales)
  const ownHtml = (key: TextKey, args: Record<string, string | number>) => {
    const body = own?.find(key, language)
    if (body === undefined) return undefined
    const html = fillBody(body, (name) => {
      const value = Object.hasOwn(args, name) ? args[name] : undefined
      return typeof value === 'number' ? numbers.format(value) : value
    })
    if (html === undefined) own?.onBroken(key, language)
    return html
  }
  return {
    language,
    html(key, args = {}) {
      const values = Object.fromEntries(
        Object.entries(args).map(([name, value]) => [
          name,
          typeof value === 'object'
            ? value.html
            : typeof value === 'string'
              ? escapeHtml(shorten(value)).html
              : value,
        ]),
      )
      return ownHtml(key, values) ?? format(key, values)
    },
    plain: (key, args = {}) => format(key, args),
  }
}
