import { FluentBundle, FluentResource } from '@fluent/bundle'
import type { Language } from '../storage/users.ts'
import { en } from './en/index.ts'
import type { TextKey } from './keys.ts'
import { ru } from './ru/index.ts'

/** The product's own texts, parsed. */
export const bundles: Record<Language, FluentBundle> = {
  ru: bundleOf('ru-RU', ru),
  en: bundleOf('en-GB', en),
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
