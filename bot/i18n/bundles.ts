import { FluentBundle, FluentResource } from '@fluent/bundle'
import type { Language } from '../storage/users.ts'
import { readSources } from './sources.ts'

/** The product's own texts, parsed. */
export const bundles: Record<Language, FluentBundle> = {
  ru: bundleOf('ru-RU', readSources('ru')),
  en: bundleOf('en-GB', readSources('en')),
}

function bundleOf(locale: string, sources: Record<string, string>): FluentBundle {
  const bundle = new FluentBundle(locale, { useIsolating: false })
  for (const [room, source] of Object.entries(sources)) {
    // Said of a key that another room has already.
    const [error] = bundle.addResource(new FluentResource(source))
    if (error) throw new Error(`texts '${room}' of ${locale}: ${error.message}`)
  }
  return bundle
}
