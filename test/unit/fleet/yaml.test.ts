import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import { parseYaml, setYamlScalar } from '../../../src/fleet/yaml.ts'

const BY_HAND = [
  '# Anna, met at the fair',
  'x-bookctl:',
  '    id:   client_anna   # never change',
  "    title: 'Anna''s salon'   # as on the door",
  '    timeZone: "Europe/Moscow"',
  '',
  '    run: true',
  '    initial: { address: Tverskaya 1, phone: "+7" }',
  '# the end',
]

describe('changing one value', () => {
  for (const [kind, eol] of [
    ['Unix', '\n'],
    ['Windows', '\r\n'],
  ] as const)
    test(`leaves remarks, quotes, indentation and order alone (${kind} line ends, no last one)`, () => {
      const text = BY_HAND.join(eol)
      expect(setYamlScalar(text, ['x-bookctl', 'title'], 'Anna & Co: nails')).toBe(
        text.replace("'Anna''s salon'", '"Anna & Co: nails"'),
      )
      expect(setYamlScalar(text, ['x-bookctl', 'run'], false)).toBe(text.replace('run: true', 'run: false'))
    })

  test('writes nothing when the value is the same in other quotes', () => {
    const text = BY_HAND.join('\n')
    expect(setYamlScalar(text, ['x-bookctl', 'timeZone'], 'Europe/Moscow')).toBe(text)
  })

  test('a key that is missing joins its map, however the map is written', () => {
    expect(setYamlScalar('postgres:\n  maxConnections: 50\n', ['postgres', 'port'], 1234)).toBe(
      'postgres:\n  port: 1234\n  maxConnections: 50\n',
    )
    expect(setYamlScalar('postgres: {}\n', ['postgres', 'port'], 1234)).toBe('postgres: { port: 1234 }\n')
    expect(setYamlScalar('postgres: { a: 1 }\n', ['postgres', 'port'], 1234)).toBe(
      'postgres: { port: 1234, a: 1 }\n',
    )
    expect(setYamlScalar('postgres:\nredis:\n  port: 1\n', ['postgres', 'port'], 1234)).toBe(
      'postgres:\n  port: 1234\nredis:\n  port: 1\n',
    )
    expect(setYamlScalar('name: x', ['postgres', 'port'], 1234)).toBe('name: x\npostgres:\n  port: 1234\n')
  })

  test('an empty value, a remark behind nothing and a block of text can be replaced', () => {
    expect(setYamlScalar('a:\nb: 1\n', ['a'], 5)).toBe('a: 5\nb: 1\n')
    expect(setYamlScalar('a: # none: yet\nb: 1\n', ['a'], 5)).toBe('a: 5 # none: yet\nb: 1\n')
    expect(setYamlScalar('p: # none: yet\nb: 1\n', ['p', 'a'], 5)).toBe('p: # none: yet\n  a: 5\nb: 1\n')
    expect(setYamlScalar('a: |\n  two\n  lines\nb: 1\n', ['a'], 'one')).toBe('a: one\nb: 1\n')
  })

  test('a text that cannot be changed so is refused, not spoiled', () => {
    expect(() => setYamlScalar('- a list\n', ['postgres', 'port'], 1)).toThrow(
      'postgres.port could not be changed',
    )
  })
})

describe('whatever a person writes', () => {
  const remark = fc.constantFrom('', '  # why', '\t# tabbed')
  const written = fc.oneof(
    fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify(text)),
    fc.stringMatching(/^[a-z][a-z ]{0,20}[a-z]$/),
    fc.constantFrom('null', '~', 'true', '12', "'it''s'", '""'),
  )
  const wanted = fc.oneof(fc.string({ unit: 'grapheme' }), fc.boolean(), fc.integer())

  test('the wanted value is read back, and everything around it keeps every byte', () => {
    fc.assert(
      fc.property(
        written,
        remark,
        wanted,
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 6 }),
        (old, why, value, eol, indent) => {
          const pad = ' '.repeat(indent)
          const head = ['# top', 'x-bookctl:', `${pad}id: client_a   # mine`, `${pad}title: `].join(eol)
          const tail = `${why}${eol}${eol}${pad}run: true${eol}# end`
          const text = `${head}${old}${tail}`
          fc.pre(parseDocument(text).errors.length === 0)
          const changed = setYamlScalar(text, ['x-bookctl', 'title'], value)
          expect(parseDocument(changed).getIn(['x-bookctl', 'title'])).toBe(value)
          expect(changed.startsWith(head)).toBe(true)
          expect(changed.endsWith(tail)).toBe(true)
        },
      ),
    )
  })
})

describe('reading', () => {
  const schema = z.strictObject({ name: z.string(), port: z.int() })
  const read = (text: string) => () => parseYaml(text, schema, { file: 'fleet.yml', root: [] })

  test('all mistakes are told at once, each with its path', () => {
    expect(read('name: 1\nport: high\nprot: 2\n')).toThrow(
      'fleet.yml has mistakes:\n  name: Invalid input: expected string, received number\n' +
        '  port: Invalid input: expected number, received string\n  Unrecognized key: "prot"',
    )
  })

  test('a broken text is told with its line, and a key may not stand twice', () => {
    expect(read('name: [\nport: 1\n')).toThrow('fleet.yml has mistakes:\n  line ')
    expect(read('name: a\nname: b\nport: 1\n')).toThrow('line 2: Map keys must be unique')
  })

  test('an empty file is a mistake, not a crash', () => {
    expect(read('')).toThrow('fleet.yml has mistakes')
  })
})
