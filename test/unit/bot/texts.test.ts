import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FluentParser } from '@fluent/syntax'
import { describe, expect, test } from 'vitest'
import { botProfile } from '../../../bot/booking/profile.ts'
import { clientSettingsSchema } from '../../../bot/contract/settings.ts'
import { TEXT_KEYS } from '../../../bot/i18n/keys.ts'
import { readSources } from '../../../bot/i18n/sources.ts'
import { textsFor } from '../../../bot/i18n/texts.ts'
import type { Language } from '../../../bot/storage/users.ts'

const bot = fileURLToPath(new URL('../../../bot', import.meta.url))

/** The texts of a language: which file each stands in, and its source. */
function textsOf(language: Language): Map<string, { room: string; source: string }> {
  const parser = new FluentParser()
  const texts = new Map<string, { room: string; source: string }>()
  for (const [room, file] of Object.entries(readSources(language)))
    for (const entry of parser.parse(file).body) {
      const source = file.slice(entry.span?.start, entry.span?.end)
      // Fluent itself passes over what it cannot read, and over a second text of one key.
      if (entry.type === 'Junk') throw new Error(`${language}/${room}.ftl: not Fluent: ${source}`)
      if (entry.type !== 'Message') continue
      const key = entry.id.name
      if (texts.has(key)) throw new Error(`'${key}' is in ${texts.get(key)?.room}.ftl and in ${room}.ftl`)
      texts.set(key, { room, source })
    }
  return texts
}

function argumentsOf(source: string): string[] {
  return [...new Set([...source.matchAll(/\$(\w+)/g)].map((match) => match[1] ?? ''))].toSorted()
}

const ru = textsOf('ru')
const en = textsOf('en')

function sourceOfBot(): string {
  return readdirSync(bot, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('i18n'))
    .map((name) => readFileSync(join(bot, name), 'utf8'))
    .join('\n')
}

describe('texts', () => {
  test('Russian and English say the same things with the same facts, each in the same file', () => {
    const facts = (texts: typeof ru) =>
      Object.fromEntries(
        [...texts].map(([key, { room, source }]) => [key, `${room}: ${argumentsOf(source).join(' ')}`]),
      )
    expect(facts(en)).toEqual(facts(ru))
  })

  test('TypeScript knows all of them (npm run text-keys)', () => {
    expect(TEXT_KEYS).toEqual([...ru.keys()])
  })

  test('every text is said somewhere', () => {
    const source = sourceOfBot()
    // Keys that are put together: status-…, day-…, command-….
    const composed = [
      /^cancel-why-/,
      /^reminder-(today|tomorrow|later)$/,
      /^status-/,
      /^day-(taken|past|far)$/,
      /^command-/,
      /^services-(ask|wrong|edit|none|ask-term|term|move)-/,
      /^schedule-(status|load|who|tell)-/,
      /^schedule-.*-(begun|tell|late|gone|button)$/,
      /^calendar-(hours-(unreadable|reversed|overlapping|too-many)|holiday-)/,
      /^calendar-dates-/,
      /^staff-(hours|dates|rota)-(un|rev|over|past|no-|too-)/,
      /^staff-link-/,
      /^staff-my-/,
      /^admins-(role|rights|make|no|you|told)-/,
      /^invites-/,
      /^customers-(rule|tag)-/,
      /^dashboard-(period-|bookings$|cancelled$|noShows$|newCustomers$|returning$)/,
      /^mass-(shift|service|cancel)-door$/,
      /^mass-(pick|stay|do|done|staff)-/,
      /^mass-view-(service|cancel)$/,
      /^exports-(table|ask|period|caption|columns|status)-/,
      /^journal-(by|period|when|kind|action|field)-/,
      /^broadcast-(state|to)-/,
      /^news-(said|toast|switch)-/,
      /^settings-(group|name|about|type)-/,
      /^texts-(arg|group|name|wrong)-/,
    ]
    const unused = TEXT_KEYS.filter(
      (key) => !source.includes(`'${key}'`) && !composed.some((form) => form.test(key)),
    )
    // `slow-down` and `failed` are said by the runtime.
    expect(unused.filter((key) => key !== 'slow-down' && key !== 'failed')).toEqual([])
  })

  test('every text can be said, with hostile values escaped and long ones cut', () => {
    for (const language of ['ru', 'en'] as const) {
      const texts = textsFor(language)
      for (const key of TEXT_KEYS) {
        const numeric = new Set(['days', 'hours', 'limit', 'count', 'minutes', 'came', 'missed', 'cancelled'])
        const args = Object.fromEntries(
          argumentsOf(ru.get(key)?.source ?? '').map((name) => [
            name,
            numeric.has(name) ? 5 : `<script>&${'я'.repeat(5000)}`,
          ]),
        )
        const html = texts.html(key, args)
        expect(html).not.toContain('<script>')
        expect(html.length).toBeLessThan(4096)
      }
    }
  })

  test.each([
    [1, '1 час '],
    [2, '2 часа '],
    [5, '5 часов '],
    [21, '21 час '],
    [24, '24 часа '],
  ])('Russian counts %i hours as people do', (hours, words) => {
    expect(textsFor('ru').html('rules', { hours })).toContain(words)
  })

  test('the profile fits Telegram’s limits with the longest title, in both languages', () => {
    const profile = botProfile(clientSettingsSchema.parse({ title: 'Щ'.repeat(64) }))
    expect(profile.map(({ language }) => language)).toEqual([undefined, 'en'])
    for (const { commands, description, shortDescription } of profile) {
      expect(commands.map(({ command }) => command)).toEqual([
        'book',
        'my',
        'about',
        'help',
        'settings',
        'privacy',
        'cancel',
      ])
      expect(description.length).toBeLessThanOrEqual(512)
      expect(shortDescription.length).toBeLessThanOrEqual(120)
    }
  })
})
