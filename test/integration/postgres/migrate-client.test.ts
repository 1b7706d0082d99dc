import { afterAll, beforeAll, expect, test } from 'vitest'
import { CLIENT_SCHEMA_VERSION } from '../../../bot/contract/schema.ts'
import { readMigrations } from '../../../bot/schema/index.ts'
import { type ClientNames, quoteIdentifier } from '../../../src/fleet/names.ts'
import { migrateClient } from '../../../src/postgres/migrate-client.ts'
import { inspectClient } from '../../../src/postgres/provision.ts'
import { fleetDatabase, newClient, type TestStore } from '../../support/stores.ts'

let store: TestStore
let clients: ClientNames[]
beforeAll(async () => {
  store = await fleetDatabase()
  clients = [await store.addClient(), await store.addClient(), await store.addClient()]
})
afterAll(() => store.close())

const NOW = CLIENT_SCHEMA_VERSION
const NEXT = {
  version: NOW + 1,
  name: 'nick.sql',
  sql: 'alter table users add column nick text; create index users_nick on users (nick);',
}
const newer = [...readMigrations('client'), NEXT]
const version = async (names: ClientNames) => (await inspectClient(store.db, names)).version

test('a client’s schema follows a newer bookctl, its bot may use what is new, and a second run does nothing', async () => {
  const [anna] = clients
  if (!anna) throw new Error('no client')
  const bot = await store.loginAs(anna)
  expect(await migrateClient(store.db, anna, newer)).toEqual({ from: NOW, to: NOW + 1 })
  await bot.query(`insert into users (first_name, nick) values ('Маша', 'm')`)
  expect(await version(anna)).toBe(NOW + 1)
  expect(await migrateClient(store.db, anna, newer)).toEqual({ from: NOW + 1, to: NOW + 1 })
  await expect(migrateClient(store.db, anna)).rejects.toMatchObject({ code: 'schema-newer', exitCode: 10 })
})

test('a failing migration and a busy table leave the schema as it was, and the next run goes on', async () => {
  const [, boris] = clients
  if (!boris) throw new Error('no client')
  const broken = [
    ...newer,
    { version: NOW + 2, name: 'broken.sql', sql: 'alter table nothing add column x int' },
  ]
  await expect(migrateClient(store.db, boris, broken)).rejects.toMatchObject({ code: '42P01' })
  expect(await version(boris)).toBe(NOW)

  const busy = await store.open()
  await busy.query('begin')
  await busy.query(`select from ${quoteIdentifier(boris.schema)}.users`)
  await expect(migrateClient(store.db, boris, newer)).rejects.toMatchObject({ code: 'schema-busy' })
  expect(await version(boris)).toBe(NOW)
  await busy.query('rollback')
  expect(await migrateClient(store.db, boris, newer)).toEqual({ from: NOW, to: NOW + 1 })
})

test('a client without a schema is never given an empty one', async () => {
  const nobody = newClient()
  await expect(migrateClient(store.db, nobody, newer)).rejects.toMatchObject({ code: 'schema-missing' })
  expect((await inspectClient(store.db, nobody)).schema).toBe(false)
})
