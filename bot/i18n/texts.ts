import { FluentBundle, FluentResource } from '@fluent/bundle'
import type { Language } from '../storage/users.ts'
import { en } from './en/index.ts'
import type { TextKey } from './keys.ts'
import { ru } from './ru/index.ts'

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

const bundles: Record<Language, FluentBundle> = { ru: bundleOf('ru-RU', ru), en: bundleOf('en-GB', en) }

export function textsFor(language: Language): Texts {
  const bundle = bundles[language]
  const format = (key: TextKey, args: Record<string, string | number>) => {
    const pattern = bundle.getMessage(key)?.value
    if (!pattern) throw new Error(`no text '${key}' in ${language}`)
    const errors: Error[] = []
    const text = bundle.formatPattern(pattern, args, errors)
    if (errors[0]) throw new Error(`text '${key}' in ${language}: ${errors[0].message}`)
    return text
  }
  return {
    language,
    html: (key, args = {}) =>
      format(
        key,
        Object.fromEntries(
          Object.entries(args).map(([name, value]) => [
            name,
            typeof value === 'object'
              ? value.html
              : typeof value === 'string'
                ? escapeHtml(shorten(value)).html
                : value,
          ]),
        ),
      ),
    plain: (key, args = {}) => format(key, args),
  }
}

/** Fluent wants continuation lines indented; the sources read better without. */
function bundleOf(locale: string, messages: Record<TextKey, string>): FluentBundle {
  const bundle = new FluentBundle(locale, { useIsolating: false })
  const source = Object.entries(messages)
    .map(([key, pattern]) => `${key} =\n    ${pattern.replaceAll('\n', '\n    ')}\n`)
    .join('\n')
  const errors = bundle.addResource(new FluentResource(source))
  if (errors[0]) throw errors[0]
  return bundle
}
