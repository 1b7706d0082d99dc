import { describe, expect, test } from 'vitest'
import { MENU_KEYS } from '../../../bot/dialogue/menu.ts'
import { customerLink, slotLabel, whenWords } from '../../../bot/dialogue/words.ts'
import { textsFor } from '../../../bot/i18n/texts.ts'
import { calendarRows } from '../../../bot/telegram/calendar.ts'
import { decodeButton } from '../../../bot/telegram/callback-data.ts'
import { button, inline, inRows, mainMenu } from '../../../bot/telegram/keyboards.ts'

const flow = { kind: 'book', serviceId: 1, staffId: null } as const

function labels(rows: ReturnType<typeof calendarRows>): string[] {
  return rows.map((row) => row.map((one) => one.text).join(' '))
}

describe('calendar', () => {
  const february = {
    flow,
    ways: { day: 'day', month: 'month' },
    month: '2026-02',
    open: ['2026-02-10', '2026-02-28'],
    today: '2026-02-03',
    last: '2026-04-01',
    language: 'ru',
  } as const

  test('shows numbers only for days with free times, Monday first', () => {
    expect(labels(calendarRows(february))).toEqual([
      '  Февраль 2026 ›',
      'пн вт ср чт пт сб вс',
      '            ·',
      '· · · · · · ·',
      '· 10 · · · · ·',
      '· · · · · · ·',
      '· · · · · 28  ',
    ])
  })

  test('every other day says why it is closed', () => {
    const said = (date: string, view: Parameters<typeof calendarRows>[0] = february) => {
      const cells = calendarRows(view).slice(2).flat()
      const offset = cells.findIndex((cell) => cell.text !== ' ')
      const cell = cells[offset + Number(date.slice(8)) - 1]
      return decodeButton(cell && 'callback_data' in cell ? (cell.callback_data ?? '') : '')
    }
    expect(said('2026-02-02')).toEqual({ to: 'closed-day', why: 'past' })
    expect(said('2026-02-11')).toEqual({ to: 'closed-day', why: 'taken' })
    expect(said('2026-02-10')).toEqual({ to: 'day', flow, date: '2026-02-10', part: 0 })
    expect(said('2026-02-11', { ...february, last: '2026-02-10' })).toEqual({
      to: 'closed-day',
      why: 'far',
    })
  })

  test('arrows end at this month and at the last bookable one', () => {
    const head = (month: string) => labels(calendarRows({ ...february, month }))[0]
    expect(head('2026-03')).toBe('‹ Март 2026 ›')
    expect(head('2026-04')).toBe('‹ Апрель 2026  ')
  })

  test('speaks English too', () => {
    expect(labels(calendarRows({ ...february, language: 'en' })).slice(0, 2)).toEqual([
      '  February 2026 ›',
      'Mon Tue Wed Thu Fri Sat Sun',
    ])
  })
})

describe('keyboards and words', () => {
  test('long labels are cut', () => {
    expect([...button('ы'.repeat(500), { to: 'my' }).text]).toHaveLength(60)
  })

  test('rows hold what fits', () => {
    expect(inRows([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]])
    expect(inRows([], 2)).toEqual([])
  })

  test('what a telephone would cut beside others stands below them', () => {
    const rows = (...labels: string[]) =>
      inline(labels.map((label) => button(label, { to: 'my' }))).inline_keyboard.map((row) =>
        row.map(({ text }) => text),
      )
    expect(rows('🕘 Часы и выходные', '👥 Сотрудники')).toHaveLength(1)
    expect(rows('пт, 27 нояб., 11:00', 'пт, 27 нояб., 14:00')).toHaveLength(1)
    expect(rows('🙋 Клиенты', '🗂 Много записей сразу')).toEqual([['🙋 Клиенты'], ['🗂 Много записей сразу']])
    expect(rows('‹', 'Сентябрь 2026', '›')).toHaveLength(1)
    expect(rows('вт, 24 нояб.', 'Сегодня', 'чт, 26 нояб.')).toHaveLength(1)
    expect(rows(...'1234567'.split('').map((day) => `[${day}·12]`))).toHaveLength(1)
  })

  test('the main menu is always there', () => {
    expect(mainMenu(textsFor('ru'), false).is_persistent).toBe(true)
  })

  test('admins have their panel on it, and nobody else', () => {
    const labels = (isAdmin: boolean) =>
      mainMenu(textsFor('ru'), isAdmin)
        .keyboard.flat()
        .map((key) => (typeof key === 'string' ? key : key.text))
    expect(labels(true)).toEqual([...labels(false), '⚙️ Управление'])
  })

  test('everything that the menu can say leaves an open question', () => {
    const labels = mainMenu(textsFor('en'), true, true)
      .keyboard.flat()
      .map((key) => (typeof key === 'string' ? key : key.text))
    expect(MENU_KEYS.map((key) => textsFor('en').plain(key)).toSorted()).toEqual(labels.toSorted())
  })

  const options = { timeZone: 'Europe/Moscow', now: Date.UTC(2026, 10, 25) }
  const start = Date.UTC(2026, 10, 26, 7, 0)
  test('times are said on the wall clock of the business', () => {
    expect(whenWords(start, start + 3_600_000, { ...options, language: 'ru' })).toBe(
      'чт, 26 ноября, 10:00–11:00',
    )
    expect(whenWords(start, undefined, { ...options, language: 'en' })).toBe('Thu 26 November, 10:00')
    expect(slotLabel(start, { ...options, language: 'ru' })).toBe('чт, 26 нояб., 10:00')
  })

  test('a name with HTML in it stays a name', () => {
    const customer = { telegramId: 7, firstName: '<b>Ёж</b>', lastName: '&', username: 'hog' }
    expect(customerLink(customer).html).toBe(
      '<a href="tg://user?id=7">&lt;b&gt;Ёж&lt;/b&gt; &amp;</a> (@hog)',
    )
  })

  test('a customer without Telegram has no link', () => {
    expect(customerLink({ telegramId: null, firstName: 'Анна', lastName: null, username: null }).html).toBe(
      'Анна',
    )
  })
})
