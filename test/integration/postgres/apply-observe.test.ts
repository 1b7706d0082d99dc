import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { CLIENT_SCHEMA_VERSION, FLEET_SCHEMA_VERSION } from '../../../bot/contract/schema.ts'
import { updateEnvFile } from '../../../src/env/env-file.ts'
import { writeDeclaration } from '../../../src/fleet/clients.ts'
import { type Fleet, loadFleet } from '../../../src/fleet/fleet.ts'
import { initFleet } from '../../../src/fleet/init.ts'
import type { ClientNames } from '../../../src/fleet/names.ts'
import { observeFleet } from '../../../src/operations/apply-observe.ts'
import { planApply } from '../../../src/operations/apply-plan.ts'
import type { AdminDb } from '../../../src/postgres/admin.ts'
import { ensureAclUser, openRedis, type RedisAdmin, removeAclUser } from '../../../src/redis/admin.ts'
import { fleetDatabase, passwordOf, type TestStore } from '../../support/stores.ts'

let store: TestStore
let redis: RedisAdmin
let fleet: Fleet
const dir = mkdtempSync(join(tmpdir(), 'bookctl-fleet-'))
const made: ClientNames[] = []
beforeAll(async () => {
  store = await fleetDatabase()
  const url = new URL(inject('redisUrl'))
  redis = await openRedis({
    endpoint: { host: url.hostname, port: Number(url.port) },
    password: url.password,
  })
  await initFleet(dir, { name: 'test', timeZone: 'Europe/Moscow', engine: 'local', apiRoot: null })
  fleet = await loadFleet(dir)
})
afterAll(async () => {
  for (const names of made) await removeAclUser(redis, names)
  await redis.end()
  await store.close()
  rmSync(dir, { recursive: true })
})

/** A client that is in all places, as an add leaves it; there is no engine here. */
async function addClient(): Promise<ClientNames> {
  const names = await store.addClient()
  made.push(names)
  const { rows } = await store.db.query<{ uuid: string }>(
    `insert into fleet.clients (client_id, title, state) values ($1, 'Anna', 'active') returning uuid`,
    [names.id],
  )
  await writeDeclaration(fleet, {
    id: names.id,
    uuid: rows[0]?.uuid ?? '',
    title: 'Anna',
    timeZone: 'Europe/Moscow',
    run: true,
    initial: {},
  })
  const redisPassword = `redis-${names.id}`
  await updateEnvFile(fleet, {
    set: {
      [names.env.token]: `${made.length}000000:${'x'.repeat(35)}`,
      [names.env.databasePassword]: passwordOf(names),
      [names.env.redisPassword]: redisPassword,
    },
  })
  await ensureAclUser(redis, names, redisPassword)
  return names
}

async function look(): Promise<{ statements: number; pending: string[] }> {
  let statements = 0
  const db: AdminDb = {
    ...store.db,
    query: (sql, values) => {
      statements += 1
      return store.db.query(sql, values)
    },
  }
  const facts = await observeFleet({ fleet, db, redis, drift: { files: [], shared: [], bots: [] } })
  const plan = planApply(facts, { fleet: FLEET_SCHEMA_VERSION, client: CLIENT_SCHEMA_VERSION })
  expect(plan.shared).toEqual([])
  return { statements, pending: plan.clients.filter(({ work }) => work !== 'none').map(({ id }) => id) }
}

test('to see that nothing is to be done costs the same few statements for one client and for thirty', async () => {
  const first = await addClient()
  const one = await look()
  expect(one).toEqual({ statements: 9, pending: [] })
  for (let n = 0; n < 29; n++) await addClient()
  expect(await look()).toEqual(one)

  // And what differs is found among the thirty.
  await store.db.query(`grant select on "${first.schema}".users to public`)
  expect(await look()).toEqual({ ...one, pending: [first.id] })
})
