import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CLIENT_SCHEMA_VERSION } from '../../../bot/contract/schema.ts'
import type { BackupResult } from '../../../src/operations/backup.ts'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'

let fleet: TestFleet
beforeAll(async () => {
  fleet = await fleetWith('anna')
})
afterAll(() => fleet?.stop())

/** What the first version did not have: as if the client had been made by the first bookctl. */
async function toFirstVersion(): Promise<void> {
  for (const statement of [
    'alter table client_anna.services drop column price_from, drop column deleted_at',
    'alter table client_anna.staff drop column deleted_at, drop constraint staff_telegram_id_key',
    'alter table client_anna.bookings drop column timed_at, drop column waiting_id',
    'alter table client_anna.bookings drop constraint bookings_staff_if_not_waiting, alter staff_id set not null',
    'alter table client_anna.users drop column language_chosen, drop column given_name, drop column booking_rule',
    'alter table client_anna.booking_history drop constraint booking_history_action_known',
    `alter table client_anna.booking_history add constraint booking_history_action_known
       check (action in ('created', 'rescheduled', 'cancelled', 'status'))`,
    `update fleet.schema_versions set version = 1, oldest_runtime = 1 where client_id = 'client_anna'`,
  ])
    await fleet.sql(statement)
}

const columns = () =>
  fleet.sql(
    `select table_name, column_name, data_type, is_nullable, column_default from information_schema.columns
      where table_schema = 'client_anna' order by 1, 2`,
  )
const customers = () => fleet.sql('select telegram_id::int as id from client_anna.users order by 1')

test('a backup of an older schema comes back migrated: its rows, today’s tables, and the bot works with them', async () => {
  const today = await columns()
  await fleet.ok(['client', 'stop', 'anna'])
  await fleet.sql('insert into client_anna.users (telegram_id) values (1), (2), (3)')
  await toFirstVersion()
  const [backup] = JSON.parse((await fleet.ok(['backup', 'anna', '--json'])).stdout) as BackupResult[]
  const manifest = JSON.parse(
    readFileSync(join(fleet.dir, 'backups/client_anna', `${backup?.name}.manifest.json`), 'utf8'),
  ) as { schema: { version: number } }
  expect(manifest.schema.version).toBe(1)

  await fleet.ok(['apply'])
  await fleet.ok(['client', 'start', 'anna'])
  await fleet.sql('delete from client_anna.users where telegram_id > 1')
  await fleet.ok(['restore', 'anna', backup?.name ?? '', '--confirm', 'client_anna'])

  expect(await customers()).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }])
  expect(await columns()).toEqual(today)
  expect(
    await fleet.sql(`select version from fleet.schema_versions where client_id = 'client_anna'`),
  ).toEqual([{ version: CLIENT_SCHEMA_VERSION }])
  expect((await fleet.bookctl(['status'])).exitCode).toBe(0)
  expect((await fleet.bookctl(['diff', '--exit-code'])).exitCode).toBe(0)
})
