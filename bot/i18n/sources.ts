import { readdirSync, readFileSync } from 'node:fs'
import type { Language } from '../storage/users.ts'

const LOCALES = new URL('../locales/', import.meta.url)

/**
 * The Fluent files of a language by their room, as text. A bundle, which is one file, carries them instead:
 * scripts/locales.mjs.
 */
export function readSources(language: Language): Record<string, string> {
  const folder = new URL(`${language}/`, LOCALES)
  const names = readdirSync(folder).filter((name) => name.endsWith('.ftl'))
  return Object.fromEntries(
    names
      .toSorted()
      .map((name) => [name.slice(0, -'.ftl'.length), readFileSync(new URL(name, folder), 'utf8')]),
  )
}
