import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse, removeEntries, renderValue, setEntries } from '../../../src/env/dotenv.ts'

const BY_HAND = [
  '# Mine, do not touch',
  '  export  POSTGRES_PASSWORD = "a \\"quoted\\" one"   # why so',
  '',
  "BOT_TOKEN_CLIENT_ANNA='1:old'",
  'TWICE=first',
  'REDIS_PASSWORD=plain # a remark',
  'TWICE=second',
  'not an entry at all',
]

describe('reading', () => {
  test('quotes, export, remarks and a name that stands twice mean what they mean to Docker Compose', () => {
    expect(Object.fromEntries(parse(BY_HAND.join('\r\n')))).toEqual({
      POSTGRES_PASSWORD: 'a "quoted" one',
      BOT_TOKEN_CLIENT_ANNA: '1:old',
      TWICE: 'second',
      REDIS_PASSWORD: 'plain',
    })
  })

  test('a byte order mark and empty values do no harm', () => {
    expect(Object.fromEntries(parse('\uFEFFA=1\nB=\nC=""\nD= # nothing'))).toEqual({
      A: '1',
      B: '',
      C: '',
      D: '',
    })
  })

  test('a quoted value may span lines, and what looks like an entry inside it is none', () => {
    const text = 'KEY="-----BEGIN\nA=1\n-----END"\nB=2\n'
    expect(Object.fromEntries(parse(text))).toEqual({ KEY: '-----BEGIN\nA=1\n-----END', B: '2' })
    expect(setEntries(text, { B: '3' })).toBe('KEY="-----BEGIN\nA=1\n-----END"\nB=3\n')
    expect(removeEntries(text, ['KEY'])).toBe('B=2\n')
  })

  test('a forgotten closing quote spoils its own line only', () => {
    expect(parse("A='open\nB='closed'\n").get('B')).toBe('closed')
  })
})

describe('changing', () => {
  test('only the line of the changed entry differs, with Windows line ends and without a last one', () => {
    const text = BY_HAND.join('\r\n')
    expect(setEntries(text, { TWICE: 'third', BOT_TOKEN_CLIENT_ANNA: '1:new' })).toBe(
      text.replace('TWICE=second', 'TWICE=third').replace("'1:old'", '1:new'),
    )
  })

  test('an entry that has the value already is left as it was written', () => {
    const text = BY_HAND.join('\n')
    expect(setEntries(text, { POSTGRES_PASSWORD: 'a "quoted" one', REDIS_PASSWORD: 'plain' })).toBe(text)
  })

  test('a new client gets a heading at the end, and leaves nothing behind when it goes', () => {
    const text = BY_HAND.join('\n')
    const added = setEntries(text, { A: '1', B: 'two words' }, { heading: 'client_boris' })
    expect(added).toBe(`${text}\n# client_boris\nA=1\nB='two words'\n`)
    expect(removeEntries(added, ['A', 'B'], { heading: 'client_boris' })).toBe(`${text}\n`)
  })

  test('an entry that joins later stands under the heading of its client', () => {
    const text = '# client_a\nA=1\n\n# client_b\nB=1\n'
    expect(setEntries(text, { A2: '2' }, { heading: 'client_a' })).toBe(
      '# client_a\nA=1\nA2=2\n\n# client_b\nB=1\n',
    )
  })

  test('a heading stays while a person keeps an entry of theirs under it', () => {
    const text = '# client_a\nA=1\nMINE=1\n'
    expect(removeEntries(text, ['A'], { heading: 'client_a' })).toBe('# client_a\nMINE=1\n')
  })

  test('a value that cannot be written in one line is refused', () => {
    expect(() => renderValue('a\nb')).toThrow('cannot span lines')
  })
})

const name = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,12}$/)
const value = fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n\0]/.test(text) && text.trim() === text)
const lineEnd = fc.constantFrom('\n', '\r\n')
const line = fc.oneof(
  fc.tuple(name, value).map(([key, text]) => `${key}=${renderValue(text)}`),
  fc.tuple(name, name).map(([key, text]) => `export ${key} = "${text}" # remark`),
  fc.constantFrom('', '   ', '# remark', '# A=1', '#', 'nonsense', '=x'),
)
const file = fc
  .tuple(fc.array(line, { maxLength: 12 }), lineEnd, fc.boolean())
  .map(([lines, eol, last]) => lines.join(eol) + (last && lines.length > 0 ? eol : ''))

describe('whatever stands in the file', () => {
  test('every value comes back as it was set, and no other entry changes', () => {
    fc.assert(
      fc.property(file, name, value, (text, key, wanted) => {
        const before = parse(text)
        const after = parse(setEntries(text, { [key]: wanted }))
        expect(after).toEqual(new Map(before).set(key, wanted))
      }),
    )
  })

  test('every byte outside the changed line stays', () => {
    fc.assert(
      fc.property(file, name, value, (text, key, wanted) => {
        const changed = setEntries(text, { [key]: wanted }).split('\n')
        const lines = text.split('\n')
        const differing = lines.filter((one, at) => one !== changed[at])
        // One line at most: the entry's own, or an unfinished last line that got its end.
        expect(differing.length).toBeLessThanOrEqual(1)
        const [own] = differing
        if (own !== undefined && own !== lines.at(-1)) expect(own).toContain(key)
      }),
    )
  })

  test('removing takes out whole lines of that entry and nothing else', () => {
    fc.assert(
      fc.property(file, name, (text, key) => {
        const kept = text.match(/[^\n]*\n|[^\n]+$/g)?.filter((one) => !parse(one).has(key)) ?? []
        expect(removeEntries(text, [key])).toBe(kept.join(''))
      }),
    )
  })

  test('adding a client and removing it gives back the very same bytes', () => {
    fc.assert(
      fc.property(
        file.filter((text) => text === '' || text.endsWith('\n')),
        value,
        (text, wanted) => {
          const heading = 'client_property'
          const added = setEntries(text, { ZZ_TOKEN_X: wanted, ZZ_ADMIN_X: '1,2' }, { heading })
          expect(removeEntries(added, ['ZZ_TOKEN_X', 'ZZ_ADMIN_X'], { heading })).toBe(text)
        },
      ),
    )
  })
})
