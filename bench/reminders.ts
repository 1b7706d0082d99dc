// What one look for due reminders costs in a fleet: a query in each client's schema, as each bot sends it; the same where
// no index helps; and one statement over many schemas. Run: npm run bench -- reminders
import { REMINDER_REACH_MS } from '../bot/domain/reminders.ts'
import { listToRemind } from '../bot/storage/reminders.ts'
import { withClients } from './clients.ts'
import { median, printTable, seconds } from './support.ts'

const CLIENTS = Number(process.env['BENCH_CLIENTS'] ?? 1000)
const BOOKINGS = 1000
const ROUNDS = 3
const SCHEMAS_IN_ONE = 100
const HOURS = [24, 2, 1]
const now = Date.parse('2031-06-01T09:00:00Z')
const until = now + Math.max(...HOURS) * 3_600_000 + REMINDER_REACH_MS

await withClients(CLIENTS, async ({ db, clients }) => {
  // A year and a half of bookings around now, of which those of two days are looked at.
  for (const { schema } of clients)
    await db.query(
      `insert into ${schema}.bookings (customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone, lines)
       select n % 60 + 1, 1, 'booked', at, at + interval '1 hour', tstzrange(at, at + interval '1 hour'),
              at::date, at::time, 'Europe/Moscow', '[{"name": "Cut"}]'
         from (select n, $1::timestamptz + (n - $2::int / 2) * interval '13 hours' as at
                 from generate_series(201, $2::int) n) b`,
      [new Date(now), BOOKINGS],
    )
  await db.query('analyze')
  let found = 0
  const eachSchema = async () => {
    found = 0
    for (const { schema } of clients) {
      await db.query(`set search_path to ${schema}, public`)
      found += (await listToRemind(db, { now, until, hours: HOURS })).length
    }
  }
  const withoutIndex = async () => {
    await db.query('set enable_indexscan = off')
    await db.query('set enable_bitmapscan = off')
    await eachSchema()
    await db.query('reset enable_indexscan')
    await db.query('reset enable_bitmapscan')
  }
  // A statement over a thousand schemas needs more locks than a server has by default.
  const inOne = async () => {
    let rows = 0
    for (let from = 0; from < CLIENTS; from += SCHEMAS_IN_ONE) {
      const all = clients.slice(from, from + SCHEMAS_IN_ONE).map(
        ({ schema }) =>
          `select '${schema}' as client, b.id from ${schema}.bookings b
             join ${schema}.staff s on s.id = b.staff_id
             join ${schema}.users u on u.id = b.customer_id
            where b.starts_at > $1 and b.starts_at <= $2 and b.status in ('pending', 'booked', 'confirmed')
              and u.telegram_id is not null and u.gone_at is null and not b.reminders_sent ?& $3::text[]`,
      )
      const marks = HOURS.map((hours) => `h${hours}`)
      rows += (await db.query(all.join(' union all '), [new Date(now), new Date(until), marks])).rowCount
    }
    if (rows !== found) throw new Error(`${rows} found in one statement, ${found} in many`)
  }
  const ways = [
    ['a whole-table scan in each schema', withoutIndex],
    ['a query in each schema, by its index', eachSchema],
    [`one statement over ${SCHEMAS_IN_ONE} schemas each`, inOne],
  ] as const
  const times = ways.map((): number[] => [])
  for (let round = 0; round < ROUNDS; round++)
    for (const [index, [, work]] of ways.entries()) times[index]?.push(await seconds(work))
  const first = median(times[0] ?? [])
  printTable(
    [
      `${CLIENTS} clients, ${BOOKINGS} bookings each, ${found} to look at`,
      `median of ${ROUNDS}`,
      'per client',
      'ratio',
    ],
    ways.map(([label], index) => {
      const time = median(times[index] ?? [])
      return [
        label,
        `${time.toFixed(2)} s`,
        `${((time / CLIENTS) * 1000).toFixed(2)} ms`,
        (first / time).toFixed(2),
      ]
    }),
  )
})
