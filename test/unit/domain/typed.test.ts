import { describe, expect, test } from 'vitest'
import { isPhone, readAmount, readLink, readTelegramId, type Unit } from '../../../bot/domain/typed.ts'

describe('what people type', () => {
  test.each<[string, Unit, number | undefined]>([
    ['30', 'minutes', 30],
    ['30 минут', 'minutes', 30],
    ['30мин.', 'minutes', 30],
    ['2 часа', 'minutes', 120],
    ['1 день', 'minutes', 1440],
    ['2 h', 'minutes', 120],
    ['3 дня', 'hours', 72],
    ['120 мин', 'hours', 2],
    ['90 минут', 'hours', undefined],
    ['10 дней', 'days', 10],
    ['48 часов', 'days', 2],
    ['2 days', 'days', 2],
    ['5', 'count', 5],
    ['5 дней', 'count', undefined],
    ['полчаса', 'minutes', undefined],
    ['1.5', 'hours', undefined],
    ['-5', 'minutes', undefined],
    ['30 рублей', 'minutes', undefined],
    ['', 'minutes', undefined],
  ])('%s in %s is %s', (text, unit, amount) => {
    expect(readAmount(text, unit)).toBe(amount)
  })

  test.each([
    ['123456789', 123456789],
    ['id: 123 456 789', 123456789],
    ['@anna', undefined],
    ['0123456', undefined],
    ['12', undefined],
    ['1234567890123456', undefined],
  ])('the Telegram id %s is %s', (text, id) => {
    expect(readTelegramId(text)).toBe(id)
  })

  test.each([
    ['yandex.ru/maps/x', 'https://yandex.ru/maps/x'],
    ['https://a.ru', 'https://a.ru'],
    ['http://a.ru', 'http://a.ru'],
    ['javascript:alert(1)', 'javascript:alert(1)'],
  ])('the address %s means %s', (text, link) => {
    expect(readLink(text)).toBe(link)
  })

  test.each([
    ['+7 900 000-00-00', true],
    ['8 (495) 123-45-67 доб. 12', true],
    ['+7 900 000-00-00, +7 901 111-11-11', true],
    ['позвоните мне', false],
    ['123', false],
  ])('%s is a telephone number: %s', (text, is) => {
    expect(isPhone(text)).toBe(is)
  })
})
