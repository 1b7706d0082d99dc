import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fillBody, judgeBody, type TextRules, writeBody } from '../../../bot/domain/own-text.ts'
import { parseHtml } from '../../../sandbox/html-entities.ts'

const WORDS: Record<string, string> = { имя: 'name', услуга: 'service', name: 'name' }
const nameOf = (word: string) => WORDS[word]

/** What is written with this formatting in Telegram. */
function write(html: string) {
  const { text, entities } = parseHtml(html)
  return writeBody(text, entities, nameOf)
}

describe('what is typed becomes a text', () => {
  test.each([
    ['plain words', 'Добрый день', 'Добрый день'],
    ['placeholders, however they are written', '{имя}, { Имя } и {NAME}', '{name}, {name} и {name}'],
    ['formatting', '<b>Жирный <i>и курсив</i></b> <s>нет</s>', '<b>Жирный <i>и курсив</i></b> <s>нет</s>'],
    ['a placeholder in bold', '<b>{имя}</b>!', '<b>{name}</b>!'],
    ['a link', '<a href="https://a.ru/?x=1&amp;y">мы</a>', '<a href="https://a.ru/?x=1&amp;y">мы</a>'],
    ['a link with braces', '<a href="https://a.ru/{имя}">мы</a>', '<a href="https://a.ru/%7Bимя%7D">мы</a>'],
    ['a link that leads nowhere good', '<a href="javascript:alert(1)">мы</a>', 'мы'],
    ['signs that HTML knows', '1 &lt; 2 &amp; 3 &gt; 2', '1 &lt; 2 &amp; 3 &gt; 2'],
    ['blanks around it', '  <b>  да </b>\n ', '<b>да</b>'],
    ['formatting that bots cannot send', '<tg-emoji>🙂</tg-emoji>', '🙂'],
  ])('%s', (_, typed, body) => {
    expect(write(typed)).toEqual({ ok: true, body })
  })

  test.each([
    ['tags', '&lt;b&gt;Привет&lt;/b&gt;', { kind: 'tag', word: '<b>' }],
    ['a tag with attributes', 'x &lt;a href="1"&gt;', { kind: 'tag', word: '<a href="1">' }],
    ['words that nothing stands for', '{имя} {дата} {}', { kind: 'unknown', names: ['{дата}', '{}'] }],
    ['an open brace', '{имя} {', { kind: 'brace' }],
    ['a closed brace', ':}', { kind: 'brace' }],
    ['a placeholder that is half bold', '{и<b>мя}</b>', { kind: 'brace' }],
  ])('is refused with what is wrong: %s', (_, typed, problem) => {
    expect(write(typed)).toEqual({ ok: false, problem })
  })

  test('never becomes HTML that Telegram refuses, whatever is marked how, and keeps every letter', () => {
    const types = ['bold', 'italic', 'code', 'blockquote', 'text_link', 'mention', 'spoiler']
    fc.assert(
      fc.property(
        fc.string({ maxLength: 60 }).map((text) => text.replaceAll(/[{}<>]/g, '&')),
        fc.array(
          fc.record({
            type: fc.constantFrom(...types),
            offset: fc.nat(70),
            length: fc.nat(70),
            url: fc.constantFrom('https://a.ru/"x', 'tg://user?id=1', 'x'),
          }),
          { maxLength: 6 },
        ),
        (typed, formatting) => {
          const written = writeBody(typed, formatting, nameOf)
          if (!written.ok) throw new Error(JSON.stringify(written))
          expect(parseHtml(written.body).text).toBe(typed.trim())
          expect(judgeBody(written.body, { known: [], required: ['x'] })).toEqual([
            { kind: 'missing', names: ['x'] },
          ])
        },
      ),
    )
  })
})

describe('a text is judged', () => {
  const rules: TextRules = { known: ['name', 'details'], required: ['name'] }

  test.each([
    ['good', 'Привет, {name}', rules, []],
    ['without what it must say', 'Привет', rules, [{ kind: 'missing', names: ['name'] }]],
    ['with what there is no more', '{name} {when} {when}', rules, [{ kind: 'unknown', names: ['when'] }]],
    ['without a word', '<b> </b>', { known: [], required: [] }, [{ kind: 'empty' }]],
    ['of values alone that may all be empty', '{details}', { ...rules, required: [] }, [{ kind: 'empty' }]],
    ['damaged', 'Привет <b>', rules, [{ kind: 'damaged' }]],
    ['as long as it may be', 'я'.repeat(3300) + '{name}', rules, []],
    ['too long', 'я'.repeat(3301) + '{name}', rules, [{ kind: 'long', most: 3300 }]],
    ['full of values', '{name}'.repeat(20), rules, [{ kind: 'long', most: 0 }]],
    [
      'longer than a part may be',
      'я'.repeat(201),
      { known: [], required: [], most: 200 },
      [{ kind: 'long', most: 200 }],
    ],
  ] as const)('%s', (_, body, given, problems) => {
    expect(judgeBody(body, given)).toEqual(problems)
  })

  test('tags do not count: customers do not see them', () => {
    expect(judgeBody(`<b>${'я'.repeat(3300)}</b>{name}`, rules)).toEqual([])
  })
})

describe('a text is filled', () => {
  test('with each value where its name stands, as often as it stands there', () => {
    expect(fillBody('{name}, {name}!', () => '<i>А</i>')).toBe('<i>А</i>, <i>А</i>!')
  })
})
