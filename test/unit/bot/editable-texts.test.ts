import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { exampleArgs } from '../../../bot/admin/texts/examples.ts'
import { bodyToType, nameOfWord, previewOf, problemOf, rulesFor } from '../../../bot/admin/texts/words.ts'
import { clientSettingsSchema } from '../../../bot/contract/settings.ts'
import { judgeBody, writeBody } from '../../../bot/domain/own-text.ts'
import { argsOf, defaultBody } from '../../../bot/i18n/default-body.ts'
import { EDITABLE_KEYS } from '../../../bot/i18n/editable.ts'
import { textsFor } from '../../../bot/i18n/texts.ts'
import { ownTexts } from '../../../bot/runtime/own-texts.ts'
import { parseHtml } from '../../../sandbox/html-entities.ts'

const bot = fileURLToPath(new URL('../../../bot', import.meta.url))
const sources = readdirSync(bot, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(join(bot, name), 'utf8') }))

/** These write to the business's own people, or what Telegram shows of the bot, or before any text can be read. */
const PRODUCT_TEXTS_ONLY = [
  'admin/admins/notices.ts',
  'admin/calendar/holidays.ts',
  'admin/mass/tell.ts',
  'admin/staff/link.ts',
  'admin/texts/text.ts',
  'admin/texts/words.ts',
  'booking/contact/withdraw.ts',
  'booking/notices.ts',
  'booking/profile.ts',
  'dialogue/menu.ts',
  'i18n/texts.ts',
  'jobs/broadcasts.ts',
  'jobs/daily.ts',
  'jobs/requests.ts',
  'runtime/own-texts.ts',
  'runtime/work-update.ts',
]

const settings = clientSettingsSchema.parse({
  title: 'Анна',
  address: 'Ленина, 1',
  phone: '+7 900 123-45-67',
})
const now = Date.UTC(2026, 10, 25, 6, 0)

describe('texts that a business can write itself', () => {
  test('reach customers in every message: nobody writes to them with the product’s texts alone', () => {
    const users = sources.filter(({ text }) => /\btextsFor\(/.test(text)).map(({ name }) => name)
    expect(users.toSorted()).toEqual(PRODUCT_TEXTS_ONLY)
  })

  test('are never labels or toasts, which know no formatting', () => {
    const plain = sources.flatMap(({ text }) =>
      [...text.matchAll(/plain\(\s*'([\w-]+)'/g)].map(([, key]) => key),
    )
    expect(EDITABLE_KEYS.filter((key) => plain.includes(key))).toEqual([])
  })

  test.each(EDITABLE_KEYS)(
    '%s: is shown with examples, and the product’s text may be sent back as one’s own',
    (key) => {
      for (const language of ['ru', 'en'] as const) {
        const texts = textsFor(language)
        const body = defaultBody(key, language)
        expect(judgeBody(body, rulesFor(key))).toEqual([])
        // Copied from the screen, with its formatting, in the words of either language.
        for (const admin of ['ru', 'en'] as const) {
          const { text, entities } = parseHtml(bodyToType(textsFor(admin), key, body))
          expect(writeBody(text, entities, nameOfWord(key))).toEqual({ ok: true, body })
        }
        const args = exampleArgs(key, { texts, settings, now })
        const own = textsFor(language, ownTexts([{ key, language, body }]))
        const { text } = parseHtml(own.html(key, args))
        expect(text).not.toMatch(/[{}]/)
        expect(text.length).toBeLessThan(3_500)
        // Where no word is chosen by a number, an own text that says the same is the same.
        if (!argsOf(key).some((name) => ['hours', 'days', 'limit'].includes(name)))
          expect(own.html(key, args)).toBe(texts.html(key, args).trimEnd())
        expect(previewOf({ settings, now }, { key, language }, [])).toBe(texts.html(key, args).trimEnd())
      }
    },
  )

  test('say what every placeholder is, each by another word', () => {
    for (const key of EDITABLE_KEYS)
      for (const language of ['ru', 'en'] as const) {
        const words = argsOf(key).map((name) => bodyToType(textsFor(language), key, `{${name}}`))
        expect(new Set(words).size).toBe(words.length)
        for (const word of words) expect(word).toMatch(/^\{\p{L}+\}$/u)
      }
  })
})

describe('an own text in a message', () => {
  const say = (body: string, args = {}) => {
    const broken: string[] = []
    const own = ownTexts([{ key: 'booked', language: 'ru', body }], (key, language) =>
      broken.push(`${key} ${language}`),
    )
    const values = { service: 'Стрижка', when: 'завтра', details: '', rules: '', ...args }
    return { html: textsFor('ru', own).html('booked', values), broken }
  }

  test('stands in place of the product’s, in its language alone', () => {
    expect(say('Ждём вас: {when}').html).toBe('Ждём вас: завтра')
    const own = ownTexts([{ key: 'unknown', language: 'ru', body: 'Что?' }])
    expect(textsFor('ru', own).html('unknown')).toBe('Что?')
    expect(textsFor('en', own).html('unknown')).toBe(textsFor('en').html('unknown'))
  })

  test('takes no formatting from a value, and no placeholder either', () => {
    expect(say('{service}', { service: '<b>{when}</b> & co' }).html).toBe(
      '&lt;b&gt;{when}&lt;/b&gt; &amp; co',
    )
    expect(say('{details}!', { details: { html: '<i>да</i>' } }).html).toBe('<i>да</i>!')
  })

  test('writes numbers as people do, and leaves no hole for a value that is empty', () => {
    expect(say('{when}\n\n{details}\n\n{rules}\n\n{n}', { n: 1500 }).html).toBe('завтра\n\n1\u00a0500')
  })

  test.each([
    ['a value that the message does not have', 'Ждём: {when} {master}'],
    ['a name that every object has', '{constructor}'],
    ['a tag that Telegram does not know', '<script>{when}</script>'],
    ['a tag that is not closed', '<b>{when}'],
    ['tags that cross', '<b><i>{when}</b></i>'],
    ['a link to something else than an address', '<a href="javascript:1">{when}</a>'],
    ['a stray brace', '{when} }'],
    ['nothing to read', '<b> {rules} </b>'],
  ])('gives way to the product’s, and the log hears of it: %s', (_, body) => {
    const { html, broken } = say(body)
    expect(html).toContain('<b>Вы записаны</b>')
    expect(broken).toEqual(['booked ru'])
    if (!body.includes('{rules}'))
      expect(problemOf({ key: 'booked', language: 'ru', body })?.kind).toMatch(/^(unknown|damaged)$/)
  })
})
