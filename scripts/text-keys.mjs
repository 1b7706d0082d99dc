// Writes bot/i18n/keys.ts, by which TypeScript knows every text, from the Russian Fluent files (`npm run text-keys`);
// with --check it says whether that was forgotten. A file that is not Fluent is named with its line, in any language.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { FluentParser } from '@fluent/syntax'
import { LANGUAGES, readLocale } from './locales.mjs'

const FILE = fileURLToPath(new URL('../bot/i18n/keys.ts', import.meta.url))
const parser = new FluentParser()

function keysOf(language) {
  const keys = Object.entries(readLocale(language)).flatMap(([room, source]) =>
    parser.parse(source).body.flatMap((entry) => {
      if (entry.type === 'Junk') {
        const line = source.slice(0, entry.annotations[0]?.span?.start ?? entry.span.start).split('\n').length
        fail(`bot/locales/${language}/${room}.ftl:${line}: ${entry.annotations[0]?.message ?? 'not Fluent'}`)
      }
      return entry.type === 'Message' ? [entry.id.name] : []
    }),
  )
  const twice = keys.filter((key, index) => keys.indexOf(key) !== index)
  if (twice.length > 0) fail(`bot/locales/${language} has more than one text of: ${twice.join(', ')}`)
  return keys
}

function fail(message) {
  console.error(message)
  process.exit(1)
}

const [keys] = LANGUAGES.map(keysOf)
const source = `// Written by scripts/text-keys.mjs from bot/locales/ru.

export const TEXT_KEYS = [
${keys.map((key) => `  '${key}',\n`).join('')}] as const

/** A text of the product. */
export type TextKey = (typeof TEXT_KEYS)[number]
`
if (!process.argv.includes('--check')) writeFileSync(FILE, source)
else if (readFileSync(FILE, 'utf8') !== source)
  fail('bot/i18n/keys.ts is older than bot/locales/ru: npm run text-keys')
