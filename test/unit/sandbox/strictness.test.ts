import { describe, expect, test } from 'vitest'
import { parseHtml } from '../../../sandbox/html-entities.ts'
import { parseReplyMarkup } from '../../../sandbox/markup.ts'

const PARSE = "Bad Request: can't parse entities: "

describe('HTML as Telegram reads it', () => {
  test.each([
    ['a < b', `${PARSE}Unsupported start tag "" at byte offset 2`],
    ['<b>a', `${PARSE}Can't find end tag corresponding to start tag "b" at byte offset 4`],
    ['a</b>', `${PARSE}Unexpected end tag at byte offset 1`],
    ['<b>a</i>', `${PARSE}Unmatched end tag at byte offset 4, expected "</b>", found "</i>"`],
    ['Ж<div>', `${PARSE}Unsupported start tag "div" at byte offset 2`],
    ['<b', `${PARSE}Unclosed start tag at byte offset 0`],
  ])('%s is refused', (source, message) => {
    expect(() => parseHtml(source)).toThrow(expect.objectContaining({ message, code: 400 }))
  })

  test('offsets count UTF-16 units of the text', () => {
    expect(parseHtml('👋 <b>a<i>b</i></b>')).toEqual({
      text: '👋 ab',
      entities: [
        { type: 'bold', offset: 3, length: 2 },
        { type: 'italic', offset: 4, length: 1 },
      ],
    })
  })

  test('a link keeps its address, escaped names stay names', () => {
    expect(parseHtml('<a href="https://a.ru/?a=1&amp;b=2&c">&lt;b&gt; &amp; &#1046;</a>')).toEqual({
      text: '<b> & Ж',
      entities: [{ type: 'text_link', offset: 0, length: 7, url: 'https://a.ru/?a=1&b=2&c' }],
    })
  })
})

describe('keyboards as Telegram takes them', () => {
  const button = (data: string) => ({ inline_keyboard: [[{ text: 'x', callback_data: data }]] })
  test('64 bytes of data pass, 65 do not; bytes and not characters count', () => {
    expect(parseReplyMarkup(button('я'.repeat(32)))).toEqual(button('я'.repeat(32)))
    expect(() => parseReplyMarkup(button(`${'я'.repeat(32)}a`))).toThrow('Bad Request: BUTTON_DATA_INVALID')
    expect(() => parseReplyMarkup(button(''))).toThrow('Bad Request: BUTTON_DATA_INVALID')
  })
  test.each([
    [
      'a button that does nothing',
      { inline_keyboard: [[{ text: 'x' }]] },
      'text buttons are unallowed in the inline keyboard',
    ],
    [
      'a button with two purposes',
      { inline_keyboard: [[{ text: 'x', url: 'https://a.b', callback_data: 'y' }]] },
      'unallowed',
    ],
    [
      'a link of another kind',
      { inline_keyboard: [[{ text: 'x', url: 'javascript:1' }]] },
      'BUTTON_URL_INVALID',
    ],
    [
      'more than a hundred buttons',
      { inline_keyboard: Array.from({ length: 101 }, () => [{ text: 'x', callback_data: 'y' }]) },
      'REPLY_MARKUP_TOO_LONG',
    ],
    ['no JSON', '{', "can't parse reply keyboard markup JSON object"],
  ])('%s is refused', (_title, markup, message) => {
    expect(() => parseReplyMarkup(markup)).toThrow(message)
  })
})
