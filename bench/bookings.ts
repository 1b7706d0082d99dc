// Confirmations per second through domain and storage, against pgbench sending the very same statements with the very
// same values (recorded from a run before), in alternating rounds on one server. Run: npm run bench -- bookings
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import pino from 'pino'
import { bookTime } from '../bot/booking/claim.ts'
import type { Shop } from '../bot/booking/offer.ts'
import { clientSettingsSchema } from '../bot/contract/settings.ts'
import { readMigrations } from '../bot/schema/index.ts'
import { createDatabase, type Database, type Row, type Tx } from '../bot/storage/database.ts'
import { findOnPath, findPostgresBin } from '../src/engines/local/binaries.ts'
import { startPostgres } from '../test/support/throwaway-servers.ts'
import { median, printTable } from './support.ts'

const WORKERS = 2
const BOOKINGS_OF_EACH = 1000
const ROUNDS = 3
const HOUR_MS = 3_600_000
/** Bookings of the recorded run have ids from here, which no other number in it reaches. */
const FIRST_RECORDED_ID = 1_000_001

const now = Date.parse('2026-11-24T00:00:00Z')
const shop: Shop = {
  clientId: 'client_bench',
  settings: clientSettingsSchema.parse({ timeZone: 'UTC', horizonDays: 366 }),
  workHours: { start: 0, end: 24 },
  now,
}

/** One confirmation: each by a customer of its own, each at an hour of its own; a worker keeps to one member of staff. */
async function confirm(tx: Tx, worker: number, number: number): Promise<void> {
  const outcome = await bookTime(tx, shop, {
    customerId: worker * BOOKINGS_OF_EACH + number + 1,
    serviceIds: [1],
    staffId: worker + 1,
    startsAt: now + (number + 24) * HOUR_MS,
    intent: `${worker}-${number}`,
    author: { actor: 'customer' },
  })
  if (!outcome.ok) throw new Error(`a free hour was refused: ${outcome.reason}`)
}

async function forAll(work: (worker: number, number: number) => Promise<void>): Promise<void> {
  await Promise.all(
    Array.from({ length: WORKERS }, async (_, worker) => {
      for (let number = 0; number < BOOKINGS_OF_EACH; number++) await work(worker, number)
    }),
  )
}

/** Seconds that all confirmations take. */
async function throughOurCode(database: Database): Promise<number> {
  const started = performance.now()
  await forAll((worker, number) => database.transaction((tx) => confirm(tx, worker, number)))
  return (performance.now() - started) / 1000
}

/** What our code sends, as one SQL script for each worker, values in their places. */
async function recordScripts(database: Database): Promise<string[]> {
  const scripts = Array.from({ length: WORKERS }, (): string[] => [])
  await forAll((worker, number) =>
    database.transaction(async (tx) => {
      const sent: string[] = ['begin;']
      const recorder: Tx = {
        async query<R extends Row>(sql: string, values: readonly unknown[] = []) {
          const text = sql.replaceAll(/\$(\d+)/g, (_, index: string) => {
            const value = values[Number(index) - 1]
            return typeof value === 'number' && value >= FIRST_RECORDED_ID ? ':made_id' : literal(value)
          })
          // The id of the new booking is the server's: what follows names it by a variable.
          sent.push(`${text}${sql.startsWith('insert into bookings') ? ' \\gset made_' : ';'}`)
          return tx.query<R>(sql, values)
        },
      }
      await confirm(recorder, worker, number)
      scripts[worker]?.push(...sent, 'commit;')
    }),
  )
  return scripts.map((lines) => `${lines.join('\n')}\n`)
}

/** Quoted without a type, as a parameter has none either, so that the server infers the same types. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (value instanceof Date) return pg.escapeLiteral(value.toISOString())
  if (Array.isArray(value))
    return pg.escapeLiteral(`{${value.map((item) => JSON.stringify(item)).join(',')}}`)
  return pg.escapeLiteral(typeof value === 'string' ? value : JSON.stringify(value))
}

/** Seconds that the slower worker's script takes, without connecting, by pgbench's own clock. */
async function throughPgbench(program: string, url: string, files: readonly string[]): Promise<number> {
  const milliseconds = await Promise.all(
    files.map(async (file) => {
      const args = ['--no-vacuum', '--client=1', '--transactions=1', `--file=${file}`]
      // The connection string holds a password: by the environment, never in argv.
      const { hostname, port, username, password, pathname } = new URL(url)
      const env = {
        ...process.env,
        PGHOST: hostname,
        PGPORT: port,
        PGUSER: username,
        PGPASSWORD: password,
        PGDATABASE: pathname.slice(1),
        PGOPTIONS: '-c search_path=client_bench',
      }
      const { stdout } = await promisify(execFile)(program, args, { env })
      const latency = /latency average = ([\d.]+) ms/.exec(stdout)?.[1]
      if (!latency || /failed: [1-9]/.test(stdout)) throw new Error(`pgbench says:\n${stdout}`)
      return Number(latency)
    }),
  )
  return Math.max(...milliseconds) / 1000
}

async function prepare(database: Database): Promise<void> {
  await database.query('create extension if not exists btree_gist with schema public')
  await database.query('create schema client_bench')
  for (const { sql } of readMigrations('client')) await database.query(sql)
  await database.query(
    `insert into users (telegram_id) select n from generate_series(1, ${WORKERS * BOOKINGS_OF_EACH}) n`,
  )
  await database.query(`insert into staff (name) select 'Staff ' || n from generate_series(1, ${WORKERS}) n`)
  await database.query(
    `insert into services (name, minutes, step_minutes, price_minor) values ('Haircut', 60, 60, 200000)`,
  )
  await database.query(
    `insert into working_hours (kind, weekday, opens, closes) select 'weekly', n, '00:00', '24:00' from generate_series(1, 7) n`,
  )
}

async function forget(database: Database): Promise<void> {
  const { rows } = await database.query<{ count: number }>('select count(*) as count from bookings')
  if (rows[0]?.count !== WORKERS * BOOKINGS_OF_EACH) throw new Error(`${rows[0]?.count} bookings were made`)
  await database.query('truncate bookings, booking_history restart identity cascade')
  await database.query('vacuum analyze')
}

const bin = findPostgresBin()
const pgbench = bin && findOnPath('pgbench', `${bin}:${process.env['PATH']}`)
if (!pgbench) throw new Error('pgbench is not installed; it comes with PostgreSQL')
const server = await startPostgres()
const folder = mkdtempSync(join(tmpdir(), 'bookctl-bench-'))
try {
  const database = createDatabase({
    connectionString: `${server.url}?options=${encodeURIComponent('-c search_path=client_bench,public')}`,
    maxConnections: WORKERS,
    applicationName: 'bench',
    log: pino({ level: 'silent' }),
  })
  await prepare(database)
  await database.query(`alter table bookings alter column id restart with ${FIRST_RECORDED_ID}`)
  const files = (await recordScripts(database)).map((script, worker) => {
    const file = join(folder, `worker-${worker}.sql`)
    writeFileSync(file, script)
    return file
  })
  await forget(database)
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await throughOurCode(database))
    await forget(database)
    theirs.push(await throughPgbench(pgbench, server.url, files))
    await forget(database)
  }
  const perSecond = (seconds: number[]) => (WORKERS * BOOKINGS_OF_EACH) / median(seconds)
  printTable(
    [`${WORKERS * BOOKINGS_OF_EACH} bookings, ${WORKERS} connections`, `per second, median of ${ROUNDS}`],
    [
      ['domain and storage (Node.js)', perSecond(ours).toFixed(0)],
      ['pgbench, the same statements', perSecond(theirs).toFixed(0)],
      ['ratio', (perSecond(ours) / perSecond(theirs)).toFixed(2)],
    ],
  )
  await database.close()
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
