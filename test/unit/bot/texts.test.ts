import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { botProfile } from '../../../bot/booking/profile.ts'
import { clientSettingsSchema } from '../../../bot/contract/settings.ts'
import { en } from '../../../bot/i18n/en/index.ts'
import type { TextKey } from '../../../bot/i18n/keys.ts'
import { ru, ruByRoom } from '../../../bot/i18n/ru/index.ts'
import { textsFor } from '../../../bot/i18n/texts.ts'

const bot = fileURLToPath(new URL('../../../bot', import.meta.url))

function argumentsOf(pattern: string): string[] {
  return [...new Set([...pattern.matchAll(/\$(\w+)/g)].map((match) => match[1] ?? ''))].toSorted()
}

function sourceOfBot(): string {
  return readdirSync(bot, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('i18n'))
    .map((name) => readFileSync(join(bot, name), 'utf8'))
    .join('\n')
}

describe('texts', () => {
  test('Russian and English say the same things with the same facts', () => {
    expect(Object.keys(en).toSorted()).toEqual(Object.keys(ru).toSorted())
    for (const key of Object.keys(ru) as TextKey[])
      expect({ key, args: argumentsOf(en[key]) }).toEqual({ key, args: argumentsOf(ru[key]) })
  })

  test('no room speaks over another', () => {
    const keys = Object.values(ruByRoom).flatMap((room) => Object.keys(room))
    expect(keys.length).toBe(Object.keys(ru).length)
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
    const unused = Object.keys(ru).filter(
      (key) => !source.includes(`'${key}'`) && !composed.some((form) => form.test(key)),
    )
    // `slow-down` and `failed` are said by the runtime.
    expect(unused.filter((key) => key !== 'slow-down' && key !== 'failed')).toEqual([])
  })

  test('every text can be said, with hostile values escaped and long ones cut', () => {
    for (const language of ['ru', 'en'] as const) {
      const texts = textsFor(language)
      for (const key of Object.keys(ru) as TextKey[]) {
        const numeric = new Set(['days', 'hours', 'limit', 'count', 'minutes', 'came', 'missed', 'cancelled'])
        const args = Object.fromEntries(
          argumentsOf(ru[key]).map((name) => [name, numeric.has(name) ? 5 : `<script>&${'я'.repeat(5000)}`]),
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
