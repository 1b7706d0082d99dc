import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { EDITABLE, EDITABLE_KEYS, TEXT_GROUPS } from '../../../bot/i18n/editable.ts'
import { TEXT_KEYS, type TextKey } from '../../../bot/i18n/keys.ts'

/** What customers read and no business writes itself. Whoever adds a message decides: here, or in the table. */
const PRODUCT_WORDS: Readonly<Record<string, readonly TextKey[]>> = {
  'consent and privacy: the law’s words, and what is kept about a customer': [
    'contact-consent',
    'contact-kept',
    'contact-not-kept',
    'contact-own',
    'contact-policy',
    'contact-refused',
    'contact-withdraw-ask',
    'contact-withdraw-booked',
    'contact-withdraw-required',
    'contact-withdrawn',
    'contact-without-impossible',
    'contact-without-possible',
    'news-ask',
    'privacy',
    'privacy-ask',
    'privacy-erased',
    'privacy-file',
  ],
  'an answer or a tap that does not count: the cause must be told as it is, partly in toasts': [
    'already-started',
    'answer-too-long',
    'approval-waits-still',
    'changed',
    'contact-lost',
    'contact-name-wrong',
    'contact-of-another',
    'contact-phone-wrong',
    'contact-tap-please',
    'feedback-again',
    'not-active',
    'not-yours',
    'outdated',
  ],
  'a line of facts, or a word in one: other texts are built of it': [
    'calendar-line-reason',
    'line-address',
    'line-map',
    'line-phone',
    'line-price',
    'line-site',
    'line-staff',
    'reminder-later',
    'reminder-today',
    'reminder-tomorrow',
    'schedule-tell-why',
    'status-cancelled',
    'status-expired',
    'status-no_show',
  ],
  'a screen of settings and lists; the words of the business on it are settings': [
    'about',
    'about-hours',
    'about-more',
    'about-services',
    'preferences-title',
  ],
  'said in a group, to nobody in particular': ['only-private'],
  'labels of buttons, by which they are also recognised': [
    'button-cancel',
    'contact-agree',
    'contact-refuse',
    'contact-skip',
    'menu-about',
    'menu-admin',
    'menu-book',
    'menu-my',
    'menu-my-schedule',
    'part-day',
    'part-evening',
    'part-morning',
  ],
  'read by the business’s own people': [
    'admin-approved',
    'admin-asked',
    'admin-asked-move',
    'admin-booked',
    'admin-cancel-reason',
    'admin-cancelled',
    'admin-changed',
    'admin-comment',
    'admin-late-change',
    'admin-low-rating',
    'admin-moved',
    'admin-not-approved',
    'contact-withdrawn-notice',
    'greeting-admin',
    'schedule-day',
    'schedule-more',
    'schedule-morning',
    'schedule-morning-none',
    'schedule-morning-own',
    'staff-handed-over',
  ],
}

const bot = fileURLToPath(new URL('../../../bot', import.meta.url))

/** Code that speaks to customers: their own screens, the jobs, and in the panel each function that asks for their language. */
function spokenIn(name: string, text: string): string[] {
  if (/^(?:booking|jobs|dialogue)\//.test(name)) return [text]
  if (!name.startsWith('admin/')) return []
  return [...text.matchAll(/\btextsIn\([\s\S]*?\n\}/g)].map(([part]) => part)
}

/** The first argument of a call whose bracket opens before `from`. */
function firstArgument(text: string, from: number): string {
  let depth = 0
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at)
    if ('([{'.includes(character)) depth += 1
    if (depth === 0 && ',)'.includes(character)) return text.slice(from, at)
    if (')]}'.includes(character)) depth -= 1
  }
  return ''
}

/** The labels of buttons and the toasts, called by their names. */
function labelsIn(code: string): TextKey[] {
  const words = [...code.matchAll(/\bplain\(\s*'([\w-]+)'/g)].map(([, word]) => word)
  return TEXT_KEYS.filter((key) => words.includes(key))
}

/**
 * Every text that stands in the code as a word, wherever it is handed on to, but for what is said by `plain`. Of a name
 * that is put together, all that it can mean and that is no label.
 */
function keysIn(code: string, labels: readonly TextKey[]): TextKey[] {
  const rest = [...code.matchAll(/\bplain\(/g)].reduce((left, { index }) => {
    const from = index + 'plain('.length
    const label = firstArgument(code, from)
    return left.slice(0, from) + ' '.repeat(label.length) + left.slice(from + label.length)
  }, code)
  const words = [...rest.matchAll(/'([\w-]+)'/g)].map(([, word]) => word)
  const patterns = [...rest.matchAll(/`([\w-]+)\$\{[^}`]*\}([\w-]*)`/g)].map(
    ([, head = '', tail = '']) => new RegExp(`^${head}[\\w-]+${tail}$`),
  )
  return TEXT_KEYS.filter(
    (key) => words.includes(key) || (!labels.includes(key) && patterns.some((pattern) => pattern.test(key))),
  )
}

const files = readdirSync(bot, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .flatMap((name) => spokenIn(name, readFileSync(join(bot, name), 'utf8')))
const labels = files.flatMap(labelsIn)
const said = new Set(files.flatMap((code) => keysIn(code, labels)))
const kept = Object.values(PRODUCT_WORDS).flat()
const isEditable = (key: TextKey) => Object.hasOwn(EDITABLE, key)

describe('what customers read', () => {
  test('can be written by the business itself, or there is a reason why not', () => {
    const undecided = [...said].filter((key) => !isEditable(key) && !kept.includes(key))
    expect(undecided).toEqual([])
  })

  test('is either the business’s or the product’s, and nobody edits what is said nowhere', () => {
    expect(kept.filter(isEditable)).toEqual([])
    expect(kept.filter((key) => !said.has(key))).toEqual([])
    expect(EDITABLE_KEYS.filter((key) => !said.has(key))).toEqual([])
  })

  test('is found in sections of two pages of a telephone at most', () => {
    for (const group of TEXT_GROUPS)
      expect(EDITABLE_KEYS.filter((key) => EDITABLE[key].group === group).length).toBeLessThanOrEqual(16)
  })
})

describe('the search for texts in the code', () => {
  test.each([
    [`show(texts.html('news-ask'))`, ['news-ask']],
    [`texts.html(isNew ? 'greeting-new' : 'greeting-back', { name })`, ['greeting-new', 'greeting-back']],
    ['texts.html(`news-said-${want}`)', ['news-said-yes', 'news-said-no']],
    [
      'texts.html(`reminder-${day}`)',
      ['reminder-later', 'reminder-thanks', 'reminder-today', 'reminder-tomorrow'],
    ],
    [`await showOtherTimes(ctx, 'just-taken')`, ['just-taken']],
    [`button(texts.plain(isMove ? 'button-move' : 'button-confirm'), { to: 'confirm' })`, []],
    [`texts.plain('part-day') + texts.html('help')`, ['help']],
  ])('finds in %s what is said', (code, keys) => {
    expect(keysIn(code, ['reminder-coming']).toSorted()).toEqual(keys.toSorted())
  })
})
