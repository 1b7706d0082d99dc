import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type RunningBot, startBot } from '../../support/bot.ts'
import { killChildBots, startChildBot } from '../../support/child-bot.ts'
import { clientWithoutBot } from '../../support/client-without-bot.ts'
import { type SentryStandIn, startSentryStandIn } from '../../support/sentry.ts'
import { passwordOf } from '../../support/stores.ts'

let sentry: SentryStandIn
let bot: RunningBot | undefined

beforeAll(async () => {
  sentry = await startSentryStandIn()
})
afterEach(async () => {
  await bot?.stop()
  bot = undefined
  await killChildBots()
  sentry.reports.length = 0
})
afterAll(() => sentry.close())

const enabled = (project: number) => ({
  SENTRY_ENABLED: 'true',
  SENTRY_DSN: sentry.dsn(project),
  SENTRY_ENVIRONMENT: 'production-client-001',
  SENTRY_TRACES_SAMPLE_RATE: '1',
})

/** From now on every new customer is a fault, whose message holds all that must not leave the machine. */
async function breakGreetings({ db, names, env }: RunningBot): Promise<void> {
  await db.query(
    `create function "${names.schema}".fault() returns trigger language plpgsql as $$
     begin
       raise exception 'cannot greet "%" with +7 916 123-45-67 as % using % and %',
         new.first_name, new.telegram_id, '${env['BOT_TOKEN']}', '${passwordOf(names)}';
     end $$`,
  )
  await db.query(`create trigger fault before insert on "${names.schema}".users
                  for each row execute function "${names.schema}".fault()`)
}

async function vera({ sandboxClient, botId }: RunningBot) {
  const user = await sandboxClient.createUser({
    language_code: 'ru',
    first_name: 'Вера',
    last_name: 'Ивлева',
  })
  return { user, person: sandboxClient.person(botId, user) }
}

test('an error that nobody expected reaches Sentry, without the token, a password or anything about a person', async () => {
  bot = await startBot({ env: enabled(7) })
  await breakGreetings(bot)
  const { user, person } = await vera(bot)
  await person.write('/start')
  const { payload, project } = await sentry.received('event')
  expect(project).toBe('7')
  expect(payload).toMatchObject({
    level: 'error',
    platform: 'node',
    environment: 'production-client-001',
    release: 'bookctl-bot@test',
    tags: { client: bot.clientId, event: 'update_failed', kind: 'message', sqlstate: 'P0001' },
    exception: {
      values: [
        {
          type: 'error',
          value: 'cannot greet "…" with [number] as [number] using [redacted] and [redacted]',
        },
      ],
    },
  })
  const [exception] = (
    payload['exception'] as { values: { stacktrace: { frames: { filename: string }[] } }[] }
  ).values
  const files = exception?.stacktrace.frames.map(({ filename }) => filename) ?? []
  expect(files).toContain('users.ts')
  expect(files.filter((file) => file.includes('/'))).toEqual([])
  const secret = bot.token.split(':')[1] ?? ''
  expect(secret.length).toBeGreaterThan(20)
  for (const word of ['Вера', 'Ивлева', String(user.id), '916', secret, passwordOf(bot.names)])
    expect(sentry.raw()).not.toContain(word)
})

test('what an update took reaches Sentry in the share that was asked for', async () => {
  bot = await startBot({ env: enabled(8) })
  const { person } = await vera(bot)
  await person.write('/start')
  const { payload } = await sentry.received('transaction', 8)
  expect(payload).toMatchObject({ transaction: 'message', environment: 'production-client-001' })
  expect(Number(payload['timestamp'])).toBeGreaterThanOrEqual(Number(payload['start_timestamp']))
  expect(sentry.raw()).not.toContain('Ивлева')
})

test('a bot that cannot go on for a reason nobody expected reports it before it ends', async () => {
  const salon = await clientWithoutBot(enabled(9))
  await salon.sql('alter table fleet.schema_versions rename column oldest_runtime to renamed')
  const child = startChildBot(salon.env)
  expect(await child.exited()).toBe(1)
  expect(child.events('bot_failed')).toMatchObject([{ client: salon.names.id }])
  const { payload } = await sentry.received('event', 9)
  expect(payload).toMatchObject({ tags: { event: 'bot_failed', sqlstate: '42703' } })
  await salon.close()
})

test('what the operator must mend is no fault, and nothing at all is reported unless it is enabled', async () => {
  const salon = await clientWithoutBot(enabled(10))
  const refused = startChildBot({ ...salon.env, CLIENT_ID: 'client_none', PG_SCHEMA: 'client_none' })
  expect(await refused.exited()).toBe(13)
  await salon.sql('alter table fleet.schema_versions rename column oldest_runtime to renamed')
  const silent = startChildBot({ ...salon.env, SENTRY_ENABLED: 'false' })
  expect(await silent.exited()).toBe(1)
  expect(sentry.reports).toEqual([])
  await salon.close()
})
