import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('../bot/locales', import.meta.url))

/** The languages of the bot's texts; the first is the one that the others follow. */
export const LANGUAGES = ['ru', 'en']

/** The Fluent files of a language by their room, as text: what `bot/i18n/sources.ts` reads in a checkout. */
export function readLocale(language) {
  return Object.fromEntries(
    readdirSync(`${FOLDER}/${language}`)
      .filter((name) => name.endsWith('.ftl'))
      .toSorted()
      .map((name) => [name.slice(0, -'.ftl'.length), readFileSync(`${FOLDER}/${language}/${name}`, 'utf8')]),
  )
}

/** Lets the bundle carry the texts: the bot's image has nothing but the one file. */
export const packLocales = {
  name: 'locales',
  setup(build) {
    build.onLoad({ filter: /[/\\]bot[/\\]i18n[/\\]sources\.ts$/ }, () => ({
      loader: 'js',
      contents: `
        const packed = ${JSON.stringify(Object.fromEntries(LANGUAGES.map((language) => [language, readLocale(language)])))}
        export const readSources = (language) => packed[language]
      `,
    }))
  },
}
