import { expect, test } from 'vitest'
import type { Engine } from '../../../src/engines/engine.ts'
import { waitReady } from '../../../src/operations/wait-ready.ts'
import { fleetDatabase } from '../../support/stores.ts'

test('a bot that was started again and is not ready yet does not pass for ready by the last words of the one before', async () => {
  const store = await fleetDatabase()
  try {
    const names = await store.addClient()
    const engine = {
      find: async (service: string) => ({ service, state: 'running', restarts: 0 }),
      logs: async function* () {},
    } as unknown as Engine
    await store.db.query(
      `insert into fleet.heartbeats (client_id, bot_id, bot_username, instance, runtime_version, started_at, ready_at, beat_at, stopped_at)
       values ($1, 1, 'before', gen_random_uuid(), '1', now(), now(), now(), now())`,
      [names.id],
    )
    const waiting = waitReady({ engine, db: store.db }, names, { timeoutSeconds: 60 })
    await store.db.query(
      `update fleet.heartbeats set instance = gen_random_uuid(), bot_username = 'now', stopped_at = null where client_id = $1`,
      [names.id],
    )
    expect((await waiting).botUsername).toBe('now')
  } finally {
    await store.close()
  }
})
