import fc from 'fast-check'
import { expect, test } from 'vitest'
import { entitiesToHtml } from '../../../bot/domain/entities-html.ts'
import { parseHtml } from '../../../sandbox/html-entities.ts'

test.each([
  [
    'what is plain stays plain, and no tag can be smuggled in',
    '<b>1 & 2</b>',
    [],
    '&lt;b&gt;1 &amp; 2&lt;/b&gt;',
  ],
  [
    'entities that nest',
    'Скидка 20%!',
    [
      { type: 'bold', offset: 0, length: 11 },
      { type: 'italic', offset: 7, length: 3 },
    ],
    '<b>Скидка <i>20%</i>!</b>',
  ],
  [
    'entities that overlap are cut into pieces that nest',
    'abcdef',
    [
      { type: 'bold', offset: 0, length: 4 },
      { type: 'italic', offset: 2, length: 4 },
    ],
    '<b>ab<i>cd</i></b><i>ef</i>',
  ],
  [
    'a link, whose address cannot leave it',
    'тут',
    [{ type: 'text_link', offset: 0, length: 3, url: 'https://a.b/?x="><i>&y' }],
    '<a href="https://a.b/?x=&quot;&gt;&lt;i&gt;&amp;y">тут</a>',
  ],
  [
    'what a bot cannot send is text',
    '🔥 @anna',
    [
      { type: 'custom_emoji', offset: 0, length: 2 },
      { type: 'mention', offset: 3, length: 5 },
    ],
    '🔥 @anna',
  ],
  [
    'offsets count as Telegram counts',
    '🔥🔥x',
    [{ type: 'code', offset: 4, length: 1 }],
    '🔥🔥<code>x</code>',
  ],
])('%s', (_, text, entities, html) => {
  expect(entitiesToHtml(text, entities)).toBe(html)
})

test('whatever was written and formatted, Telegram reads the same text with the same look', () => {
  const type = fc.constantFrom('bold', 'italic', 'underline', 'strikethrough', 'spoiler', 'code')
  const entity = fc.record({ type, offset: fc.nat(30), length: fc.nat(30) })
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.array(entity, { maxLength: 6 }),
      (text, entities) => {
        const read = parseHtml(entitiesToHtml(text, entities))
        expect(read.text).toBe(text)
        const looks = (of: readonly { type: string; offset: number; length: number }[]) =>
          Array.from({ length: text.length }, (_, at) =>
            [
              ...new Set(of.filter((e) => e.offset <= at && at < e.offset + e.length).map((e) => e.type)),
            ].toSorted(),
          )
        expect(looks(read.entities)).toEqual(looks(entities))
      },
    ),
  )
})
