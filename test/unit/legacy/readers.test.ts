import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LegacyFileError } from '../../../src/legacy/data.ts'
import { readPlainDump } from '../../../src/legacy/read-plain-dump.ts'
import { readSqlite } from '../../../src/legacy/read-sqlite.ts'
import { writeSqlite } from '../../support/legacy-files.ts'

const HEAD = "--\n-- PostgreSQL database dump\n--\n\nSET client_encoding = 'UTF8';\n"
const TAIL = '--\n-- PostgreSQL database dump complete\n--\n\n'
const USERS = String.raw`COPY client_001.users (user_id, "first_name", phone) FROM stdin;
501	Маша\tи\\\nОльга	\N
502	С U+2028   внутри	\\N
\.
`

/** In pieces of a few bytes, as a pipe may give them: letters are cut through. */
const read = (text: string | Buffer, only?: string) => {
  const bytes = Buffer.from(text)
  async function* pieces() {
    await Promise.resolve()
    for (let at = 0; at < bytes.length; at += 3) yield bytes.subarray(at, at + 3)
  }
  return readPlainDump(pieces(), only)
}

describe('a plain dump', () => {
  test('is read by schema and table, with every value as it was', async () => {
    const found = await read(HEAD + USERS + TAIL)
    expect([...found]).toEqual([
      [
        'client_001',
        {
          tables: [
            {
              name: 'users',
              columns: ['user_id', 'first_name', 'phone'],
              count: 2,
              rows: [
                { user_id: '501', first_name: 'Маша\tи\\\nОльга', phone: null },
                { user_id: '502', first_name: 'С U+2028   внутри', phone: String.raw`\N` },
              ],
            },
          ],
        },
      ],
    ])
  })

  test('made without -T, with the line ends of a terminal, is read the same', async () => {
    const text = HEAD + USERS + TAIL
    expect(await read(text.replaceAll('\n', '\r\n'))).toEqual(await read(text))
  })

  test('cut off anywhere it is refused', async () => {
    const whole = Buffer.from(HEAD + USERS + TAIL)
    const last = whole.indexOf('dump complete')
    for (let end = 40; end < last; end += 7)
      await expect(read(whole.subarray(0, end)), `${end} bytes`).rejects.toBeInstanceOf(LegacyFileError)
  })

  test('of all clients, one schema is taken and the rows of tables without a place are only counted', async () => {
    const analytics = String.raw`COPY client_001.analytics (id, data) FROM stdin;
1	a
2	b
\.
`
    const others = USERS.replace('client_001', 'client_002')
    const found = await read(HEAD + others + USERS + analytics + TAIL, 'client_001')
    expect([...found.keys()]).toEqual(['client_001'])
    expect(found.get('client_001')?.tables[1]).toEqual({
      name: 'analytics',
      columns: ['id', 'data'],
      count: 2,
      rows: [],
    })
  })

  test.each([
    ['INSERT in place of COPY', "INSERT INTO client_001.users VALUES (1, 'x');\n", 'as INSERT'],
    ['another encoding', "SET client_encoding = 'WIN1251';\n", 'WIN1251'],
  ])('with %s is refused in words', async (_, line, words) => {
    await expect(read(HEAD + line + TAIL)).rejects.toMatchObject({
      kind: 'file',
      message: expect.stringContaining(words),
    })
  })

  test('that is not UTF-8 is refused', async () => {
    const utf16 = Buffer.from(HEAD + USERS + TAIL, 'utf16le')
    await expect(read(Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]))).rejects.toMatchObject({
      kind: 'file',
    })
  })
})

describe('an SQLite database', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bookctl-legacy-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))
  const file = (name: string) => join(folder, name)
  const SCHEMA = `create table Users (User_ID integer primary key, first_name text, vip boolean, "we ird" blob);
    insert into Users values (9007199254740993, 'Маша', 1, x'D09F'), (2, 'a' || char(0) || 'b', 0, null);
    create table analytics (id integer primary key autoincrement);
    insert into analytics default values;
    create view all_users as select * from Users`

  test('is read with every value as text, names in lower case, and nothing of SQLite’s own tables', async () => {
    await writeSqlite(file('good.db'), SCHEMA)
    expect(await readSqlite(file('good.db'))).toEqual({
      tables: [
        {
          name: 'users',
          columns: ['user_id', 'first_name', 'vip', 'we ird'],
          count: 2,
          rows: [
            { user_id: '2', first_name: 'ab', vip: '0', 'we ird': null },
            { user_id: '9007199254740993', first_name: 'Маша', vip: '1', 'we ird': 'П' },
          ],
        },
        { name: 'analytics', columns: ['id'], count: 1, rows: [] },
      ],
    })
  })

  test('whose newest rows still lie beside it is refused', async () => {
    await writeSqlite(file('wal.db'), SCHEMA)
    writeFileSync(file('wal.db-wal'), 'x')
    await expect(readSqlite(file('wal.db'))).rejects.toMatchObject({
      kind: 'damaged',
      hint: expect.stringContaining('.backup'),
    })
  })

  test('cut off at any page, or with bytes overwritten, it is refused', async () => {
    const rows = `with recursive n (i) as (select 1 union all select i + 1 from n where i < 500)
      insert into Users (first_name) select hex(randomblob(40)) || i from n`
    const bytes = await writeSqlite(file('whole.db'), `${SCHEMA}; ${rows}`)
    for (let end = 512; end < bytes.length; end += 4096) {
      writeFileSync(file('cut.db'), bytes.subarray(0, end))
      await expect(readSqlite(file('cut.db')), `${end} bytes`).rejects.toMatchObject({ kind: 'damaged' })
    }
    const overwritten = Buffer.from(bytes)
    overwritten.fill(7, bytes.length - 6000, bytes.length - 3000)
    writeFileSync(file('cut.db'), overwritten)
    await expect(readSqlite(file('cut.db'))).rejects.toMatchObject({ kind: 'damaged' })
  })

  test.each([
    ['text', 'Hello, this is a text', 'something else'],
    ['an empty file', '', 'something else'],
    ['an archive', 'PGDMP\u0001\u000e', 'an archive of pg_dump -Fc'],
    ['a plain dump', HEAD, 'a plain SQL dump'],
  ])('that is %s in truth is refused by what it is', async (_, content, words) => {
    writeFileSync(file('other.db'), content)
    await expect(readSqlite(file('other.db'))).rejects.toMatchObject({
      kind: 'file',
      message: `this is ${words}, not an SQLite database`,
    })
  })
})
