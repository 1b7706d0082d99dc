import { describe, expect, test } from 'vitest'
import { CONSENT_VERSION, nextQuestion, type OwnContact } from '../../../bot/domain/contact.ts'
import { readableName, readGivenName } from '../../../bot/domain/person-text.ts'

const at = '2026-11-25T06:00:00.000Z'
const version = CONSENT_VERSION
const nobody: OwnContact = { givenName: null, phone: null, consent: {} }
const agreed: OwnContact = { ...nobody, consent: { version, at } }
const known: OwnContact = { givenName: 'Анна', phone: '+79161234567', consent: { version, at } }
const refused = { version, at }

describe('before a booking a customer is asked', () => {
  test.each<[string, OwnContact, ReturnType<typeof nextQuestion>, ReturnType<typeof nextQuestion>]>([
    ['who comes for the first time', nobody, 'consent', 'consent'],
    ['who agreed', agreed, 'name', 'name'],
    ['who gave a name', { ...agreed, givenName: 'Анна' }, 'phone', 'phone'],
    ['who gave both', known, undefined, undefined],
    ['who skipped the name', { ...agreed, consent: { version, at, skipped: ['name'] } }, 'phone', 'name'],
    [
      'who skipped both',
      { ...agreed, consent: { version, at, skipped: ['name', 'phone'] } },
      undefined,
      'name',
    ],
    ['who refused', { ...nobody, consent: { refused } }, undefined, 'consent'],
    [
      'who refused a former text',
      { ...nobody, consent: { refused: { version: version - 1, at } } },
      'consent',
      'consent',
    ],
    ['who withdrew', { ...nobody, consent: { version, at, withdrawnAt: at, refused } }, undefined, 'consent'],
    [
      'who agreed to a former text',
      { ...known, consent: { version: version - 1, at } },
      'consent',
      'consent',
    ],
    [
      'who agreed to a former text and not to this one',
      { ...known, consent: { version: version - 1, at, refused } },
      undefined,
      'consent',
    ],
    [
      'whose number was known before the bot asked',
      { ...nobody, phone: '+79161234567' },
      'consent',
      'consent',
    ],
  ])('%s', (_, contact, asked, required) => {
    expect(nextQuestion('asked', contact)).toBe(asked)
    expect(nextQuestion('required', contact)).toBe(required)
    expect(nextQuestion('off', contact)).toBeUndefined()
  })
})

describe('a name that somebody gives', () => {
  test.each([
    ['  Анна\n Петрова ', 'Анна Петрова'],
    ["Jean-Luc O'Neill", "Jean-Luc O'Neill"],
    ['Анна 🌸', 'Анна 🌸'],
    ['я'.repeat(100), 'я'.repeat(100)],
    ['я'.repeat(101), undefined],
    ['', undefined],
    ['...', undefined],
    ['89161234567', undefined],
    ['Ан\u0000на', undefined],
    ['Анна\u202Eанна', undefined],
  ])('%j', (text, name) => {
    expect(readGivenName(text)).toBe(name)
  })
})

describe('the name that somebody has in Telegram', () => {
  test.each([
    ['Анна', 'Анна'],
    ['👩‍🦰 Anna', '👩‍🦰 Anna'],
    ['أحمد', 'أحمد'],
    // Would turn the telephone number behind it around.
    ['Анна\u202E', 'Анна'],
    ['\u2066Анна\u0000\n', 'Анна'],
    // Nobody could tap a link of nothing.
    ['\u3164', null],
    ['\u200b\u2800 ', null],
    ['', null],
  ])('%j is read by others as %j', (text, name) => {
    expect(readableName(text)).toBe(name)
  })
})
