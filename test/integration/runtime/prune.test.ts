import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../../bot/config.ts'
import { runInProcess } from '../../support/bot.ts'
import { clientWithoutBot, type ReadyClient } from '../../support/client-without-bot.ts'
import { eventually } from '../../support/throwaway-servers.ts'

let salon: ReadyClient

beforeAll(async () => {
  salon = await clientWithoutBot()
})
afterAll(() => salon.close())

/** A message of a client's outbox, by what it is for. */
async function message(clientId: string, name: string, state: string, finishedDaysAgo: number | null) {
  await salon.sql(
    `insert into fleet.outbox (client_id, chat_id, kind, method, payload, dedupe_key, repeat_if_unknown, state,
                               created_at, not_before, finished_at)
     values ($1, 5000001, 'test', 'sendMessage', '{}', $2, true, $3,
             now() - interval '30 days', now() + interval '1 day', now() - make_interval(days => $4))`,
    [clientId, name, state, finishedDaysAgo],
  )
}

async function update(clientId: string, id: number, daysAgo: number) {
  await salon.sql(
    `insert into fleet.updates (client_id, bot_id, update_id, outcome, handled_at)
     values ($1, $2, $3, 'done', now() - make_interval(days => $4))`,
    [clientId, salon.botId, id, daysAgo],
  )
}

test('a bot forgets what has been done for a week, and nothing that waits, is younger, or is another client’s', async () => {
  const other = await salon.store.addClient()
  const { id } = salon.names
  for (const state of ['sent', 'failed', 'unknown']) {
    await message(id, `old ${state}`, state, 8)
    await message(id, `young ${state}`, state, 6)
  }
  await message(id, 'old, still to be sent', 'queued', null)
  await message(other.id, 'old sent of another', 'sent', 8)
  await update(id, 1, 8)
  await update(id, 2, 6)
  await update(other.id, 1, 8)
  const { runtime } = await runInProcess([readConfig(salon.env)])
  await eventually(async () => {
    const left = await salon.sql<{ dedupe_key: string }>('select dedupe_key from fleet.outbox order by id')
    expect(left.map((row) => row.dedupe_key)).toEqual([
      'young sent',
      'young failed',
      'young unknown',
      'old, still to be sent',
      'old sent of another',
    ])
    const updates = await salon.sql('select client_id, update_id::int from fleet.updates order by handled_at')
    expect(updates).toEqual([
      { client_id: other.id, update_id: 1 },
      { client_id: id, update_id: 2 },
    ])
  })
  await runtime.stop()
})

test('heartbeats do not add up: each client has one row, however often its bot starts', async () => {
  for (let start = 0; start < 2; start++) {
    const { runtime } = await runInProcess([readConfig(salon.env)])
    await runtime.stop()
  }
  expect(await salon.sql('select client_id from fleet.heartbeats')).toEqual([{ client_id: salon.names.id }])
})
