import { createSandboxClient, type SandboxClient } from '../../sandbox/client.ts'
import { type Sandbox, startSandbox } from '../../sandbox/server.ts'
import type { User } from '../../sandbox/types.ts'
import { type ClientNames, quoteIdentifier } from '../../src/fleet/names.ts'
import { botEnvironmentFor } from './bot.ts'
import { fleetDatabase, type TestStore } from './stores.ts'
import { eventually } from './throwaway-servers.ts'

/** A provisioned client with a bot account in the sandbox; its bot is started by the test. */
export interface ReadyClient {
  sandbox: Sandbox
  telegram: SandboxClient
  botId: number
  token: string
  names: ClientNames
  store: TestStore
  env: Record<string, string>
  sql<R extends object>(text: string, values?: unknown[]): Promise<R[]>
  person(user?: Partial<User>): Promise<ReturnType<SandboxClient['person']>>
  /** Waits until a backend of the bot waits for a lock that the test holds. */
  botWaitsForLock(): Promise<void>
  close(): Promise<void>
}

export async function clientWithoutBot(env: Record<string, string> = {}): Promise<ReadyClient> {
  const sandbox = await startSandbox()
  const telegram = createSandboxClient(sandbox.url)
  const { token, user } = await telegram.createBot({ name: 'Salon' })
  const store = await fleetDatabase()
  const names = await store.addClient()
  const sql = async <R extends object>(text: string, values: unknown[] = []) =>
    (await store.db.query<R>(text, values)).rows
  // Open every day around the clock, so that the hour at which the tests run does not matter.
  const schema = quoteIdentifier(names.schema)
  await sql(`delete from ${schema}.working_hours`)
  await sql(
    `insert into ${schema}.working_hours (kind, weekday, opens, closes)
     select 'weekly', d, '00:00', '00:00' from generate_series(1, 7) d`,
  )
  await sql(`insert into ${schema}.settings (key, value) values ('contactDetails', '"off"')`)
  return {
    sandbox,
    telegram,
    token,
    store,
    names,
    sql,
    botId: user.id,
    env: { ...botEnvironmentFor(store, names, { token, apiRoot: sandbox.url }), ...env },
    person: async (input = {}) =>
      telegram.person(user.id, await telegram.createUser({ language_code: 'ru', ...input })),
    botWaitsForLock: () =>
      eventually(async () => {
        const waiting = await sql(
          `select pid from pg_stat_activity where usename = $1 and wait_event_type = 'Lock'`,
          [names.role],
        )
        if (waiting.length === 0) throw new Error('the bot does not wait for a lock')
      }),
    async close() {
      await sandbox.close()
      await store.close()
    },
  }
}
