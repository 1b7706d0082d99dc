import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXIT } from '../../../src/errors.ts'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'
import { writeSqlite } from '../../support/legacy-files.ts'
import { contentsOfClient, importInto, type LegacyShop, legacyShop } from '../../support/legacy-shop.ts'
import { eventually } from '../../support/throwaway-servers.ts'

let fleet: TestFleet
let shop: LegacyShop
beforeAll(async () => {
  fleet = await fleetWith()
  shop = await legacyShop(fleet)
})
afterAll(() => fleet?.stop())

describe('a file that cannot be imported changes nothing and says why', () => {
  const id = 'client_wrong'
  let before: unknown
  beforeAll(async () => {
    await fleet.addClient(id)
    before = await contentsOfClient(fleet, id)
  })
  const refused = async (...words: string[]) => {
    const result = await fleet.bookctl(['client', 'import', id, ...words])
    expect(await contentsOfClient(fleet, id)).toEqual(before)
    expect(result.stdout).toBe('')
    return result
  }
  const at = (name: string) => join(fleet.dir, name)

  test('another kind of file', async () => {
    const cases = [
      [['--sqlite', shop.sql], 'this is a plain SQL dump, not an SQLite database'],
      [['--sql', shop.dump], 'this is an archive of pg_dump -Fc, not a plain SQL dump'],
      [['--dump', shop.sqlite, '--schema', 'x'], 'this is an SQLite database, not an archive of pg_dump -Fc'],
      [['--sqlite', at('fleet.yml')], 'this is something else, not an SQLite database'],
    ] as const
    for (const [words, said] of cases) {
      const result = await refused(...words)
      expect(result.stderr).toContain(said)
      expect(result.exitCode).toBe(EXIT.configuration)
    }
  })

  test('a dump that is cut off anywhere', async () => {
    const { length } = readFileSync(shop.dump)
    for (const share of [0.1, 0.5, 0.9, 0.99]) {
      writeFileSync(at('cut.dump'), readFileSync(shop.dump))
      truncateSync(at('cut.dump'), Math.floor(length * share))
      const result = await refused('--dump', at('cut.dump'), '--schema', 'client_y')
      expect({ share, exitCode: result.exitCode, said: result.stderr.includes('cut.dump: ') }).toEqual({
        share,
        exitCode: EXIT.verification,
        said: true,
      })
    }
    const text = readFileSync(shop.sql, 'utf8')
    writeFileSync(at('cut.sql'), text.slice(0, text.indexOf('-- PostgreSQL database dump complete')))
    const result = await refused('--sql', at('cut.sql'))
    expect(result.exitCode).toBe(EXIT.verification)
    expect(result.stderr).toContain('cut.sql: it is cut off')
  })

  test('an archive of a newer PostgreSQL than the fleet has', async () => {
    const bytes = readFileSync(shop.dump)
    // Its second number of the format's version; 14 is that of PostgreSQL 15.
    bytes[6] = 99
    writeFileSync(at('newer.dump'), bytes)
    const result = await refused('--dump', at('newer.dump'), '--schema', 'client_x')
    expect(result.exitCode).toBe(EXIT.preflight)
    expect(result.stderr).toContain('give it by --sql')
  })

  test('a schema that is not in the file, or one of several that was not named', async () => {
    const missing = await refused('--dump', shop.dump, '--schema', 'client_z')
    expect(missing.exitCode).toBe(EXIT.configuration)
    expect(missing.stderr).toContain('It has: client_x, client_y')
    const several = await refused('--sql', shop.whole)
    expect(several.exitCode).toBe(EXIT.usage)
    expect(several.stderr).toContain('holds the bookings of several clients: client_x, client_y')
    const named = await importInto(fleet, id, '--sql', shop.whole, '--schema', 'client_x', '--dry-run')
    expect(named.report.written.bookings).toBe(3)
  })

  test('a database of something else', async () => {
    await writeSqlite(at('notes.db'), 'create table notes (id integer, text text)')
    const result = await refused('--sqlite', at('notes.db'))
    expect(result.exitCode).toBe(EXIT.configuration)
    expect(result.stderr).toContain("is not the predecessor's: it lacks table users, table bookings")
    expect(result.stderr).toContain('Its tables: notes')
  })

  test('a plain dump with commands for psql: nothing of it is executed', async () => {
    const canary = at('canary')
    const evil = `\\! touch ${canary}\nDROP SCHEMA client_wrong CASCADE;\nCOPY client_x.users (user_id) FROM PROGRAM 'touch ${canary}';\n`
    writeFileSync(
      at('evil.sql'),
      readFileSync(shop.sql, 'utf8').replace('SET client_encoding', `${evil}SET client_encoding`),
    )
    const { report } = await importInto(fleet, id, '--sql', at('evil.sql'), '--dry-run')
    expect(report.written.bookings).toBe(3)
    expect(() => readFileSync(canary)).toThrow('ENOENT')
    expect(await contentsOfClient(fleet, id)).toEqual(before)
  })

  test('no file, two files, no schema, no such file', async () => {
    for (const words of [
      [],
      ['--sqlite', 'a', '--sql', 'b'],
      ['--dump', shop.dump],
      ['--sqlite', shop.sqlite, '--schema', 'x'],
      ['--sql', at('nowhere.sql')],
    ])
      expect((await refused(...words)).exitCode).toBe(EXIT.usage)
  })
})

test('a client that has customers is refused with the counts, and a client that is not there is not found', async () => {
  await fleet.addClient('client_busy')
  await fleet.sql('insert into client_busy.users (telegram_id) values (1), (2)')
  const result = await fleet.bookctl(['client', 'import', 'busy', '--sqlite', shop.sqlite])
  expect(result.exitCode).toBe(EXIT.conflict)
  expect(result.stderr).toContain('client_busy has 2 customers and 0 bookings')
  const unknown = await fleet.bookctl(['client', 'import', 'nobody', '--sqlite', shop.sqlite])
  expect(unknown.exitCode).toBe(EXIT.notFound)
})

test('while somebody else writes into the tables nothing is written, and the bot works again', async () => {
  const id = 'client_held'
  await fleet.addClient(id)
  const session = await fleet.openSession()
  try {
    await session.query(`begin; lock table ${id}.bookings in row exclusive mode`)
    const result = await fleet.bookctl(['client', 'import', id, '--sqlite', shop.sqlite])
    expect(result.exitCode).toBe(EXIT.timeout)
    expect(result.stderr).toContain(`${id}: somebody else writes into its tables`)
  } finally {
    await session.end()
  }
  expect(await fleet.sql(`select from ${id}.users`)).toEqual([])
  await eventually(async () =>
    expect(await fleet.sql(`select stopped_at from fleet.heartbeats where client_id = $1`, [id])).toEqual([
      { stopped_at: null },
    ]),
  )
  expect((await importInto(fleet, id, '--sqlite', shop.sqlite)).outcome).toBe('imported')
})
