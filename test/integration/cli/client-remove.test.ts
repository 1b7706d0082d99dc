import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXIT } from '../../../src/errors.ts'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'

let fleet: TestFleet
beforeAll(async () => {
  fleet = await fleetWith()
})
afterAll(async () => {
  await fleet?.stop()
})

async function withCustomer(id: string): Promise<void> {
  await fleet.sql(`insert into ${id}.users (telegram_id, first_name) values (1, 'Маша'), (2, 'Ольга')`)
}

/** Customers whose archive restores into no database but this one, for it uses a function of the database's. */
async function refuseProof(id: string): Promise<void> {
  await withCustomer(id)
  await fleet.sql(
    'create or replace function public.test_only_here(text) returns boolean language sql immutable as $$ select true $$',
  )
  await fleet.sql(
    `alter table ${id}.users add constraint test_only_here check (public.test_only_here(notes))`,
  )
}

async function expectGone(id: string): Promise<void> {
  expect(
    await fleet.sql(
      `select to_regnamespace($1) is null as schema,
              not exists (select from pg_roles where rolname = $1) as role,
              not exists (select from fleet.heartbeats where client_id = $1)
                and not exists (select from fleet.outbox where client_id = $1) as plumbing,
              (select state from fleet.clients where client_id = $1) as state`,
      [id],
    ),
  ).toEqual([{ schema: true, role: true, plumbing: true, state: 'removed' }])
  expect(readFileSync(join(fleet.dir, '.env'), 'utf8')).not.toContain(id.toUpperCase())
  expect(existsSync(join(fleet.dir, 'clients', `${id}.yml`))).toBe(false)
}

function manifests(id: string): { rows: Record<string, number>; format: number }[] {
  const folder = join(fleet.dir, 'backups', id)
  return readdirSync(folder)
    .filter((file) => file.endsWith('.manifest.json'))
    .map(
      (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as ReturnType<typeof manifests>[number],
    )
}

describe('client remove', () => {
  test('without a terminal it wants the id again, says in numbers what would go, and deletes nothing', async () => {
    await fleet.addClient('client_asks')
    await withCustomer('client_asks')
    const result = await fleet.bookctl(['client', 'remove', 'asks', '--yes'])
    expect(result.exitCode).toBe(EXIT.usage)
    expect(result.stderr).toContain('2 customers, 0 upcoming bookings, 0 bookings')
    expect(result.stderr).toContain('--confirm client_asks')
    expect(await fleet.sql('select state from fleet.clients where client_id = $1', ['client_asks'])).toEqual([
      { state: 'active' },
    ])
  })

  test('leaves a proved archive and nothing else, and prints the stock commands that read it', async () => {
    const bot = await fleet.addClient('client_goes')
    await withCustomer('client_goes')
    const password = fleet.secret('DATABASE_PASSWORD_CLIENT_GOES') ?? ''
    const result = await fleet.ok(['client', 'remove', 'goes', '--confirm', 'goes'])
    await expectGone('client_goes')
    expect(manifests('client_goes')).toMatchObject([{ format: 1, rows: { users: 2 } }])
    expect(result.stdout).toMatch(/^client_goes: removed\n {2}archive {2}\S+\.dump\n/)
    expect(result.stdout).toContain('pg_restore --no-owner')
    const folder = join(fleet.dir, 'backups', 'client_goes')
    const kept = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1'))
    const journal = await fleet.sql(`select to_jsonb(o)::text as text from fleet.operations o
      union all select to_jsonb(a)::text from fleet.audit a`)
    for (const secret of [bot.token, password])
      for (const text of [...kept, JSON.stringify(journal), result.stdout, result.stderr])
        expect(text.includes(secret)).toBe(false)
  })

  test('run again it says that the client is removed already', async () => {
    const result = await fleet.ok(['client', 'remove', 'goes', '--confirm', 'goes'])
    expect(result.stdout).toContain('client_goes: already removed')
  })

  test('an id that was removed is not taken again silently; --new makes a new client under it', async () => {
    const bot = await fleet.newBot()
    const args = ['client', 'add', 'goes', '--title', 'Again', '--token-file', bot.tokenFile]
    const refused = await fleet.bookctl(args)
    expect(refused.exitCode).toBe(EXIT.conflict)
    expect(refused.stderr).toContain(join('backups', 'client_goes'))
    expect(refused.stderr).toContain('--new')
    await fleet.ok([...args, '--new'])
    const rows = await fleet.sql<{ uuid: string }>(
      `select uuid from fleet.clients where client_id = 'client_goes'`,
    )
    expect(new Set(rows.map((row) => row.uuid)).size).toBe(2)
  })

  test('a backup that cannot be proved deletes nothing, and the bot works again', async () => {
    await fleet.addClient('client_safe')
    await refuseProof('client_safe')
    const result = await fleet.bookctl(['client', 'remove', 'safe', '--confirm', 'safe'])
    expect(result.exitCode).toBe(EXIT.verification)
    const [state] = await fleet.sql(
      `select (select state from fleet.clients where client_id = 'client_safe') as state,
              (select rolcanlogin from pg_roles where rolname = 'client_safe') as login,
              (select count(*)::int from client_safe.users) as users`,
    )
    expect(state).toEqual({ state: 'active', login: true, users: 2 })
    await expect
      .poll(() => fleet.sql(`select stopped_at from fleet.heartbeats where client_id = 'client_safe'`), {
        timeout: 30_000,
      })
      .toEqual([{ stopped_at: null }])
  })

  test('--keep-data takes the bot away and leaves the data; --adopt takes it up again', async () => {
    await fleet.addClient('client_kept')
    await withCustomer('client_kept')
    const result = await fleet.ok(['client', 'remove', 'kept', '--keep-data', '--confirm', 'kept'])
    expect(result.stdout).toContain('its data is kept')
    expect(
      await fleet.sql(
        `select (select state from fleet.clients where client_id = 'client_kept') as state,
                (select rolcanlogin from pg_roles where rolname = 'client_kept') as login,
                (select count(*)::int from client_kept.users) as users`,
      ),
    ).toEqual([{ state: 'detached', login: false, users: 2 }])
    const bot = await fleet.newBot()
    const plain = await fleet.bookctl(['client', 'add', 'kept', '--token-file', bot.tokenFile])
    expect(plain.exitCode).toBe(EXIT.conflict)
    expect(plain.stderr).toContain('--adopt')
    await fleet.ok(['client', 'add', 'kept', '--adopt', '--token-file', bot.tokenFile])
    expect(await fleet.sql('select count(*)::int as users from client_kept.users')).toEqual([{ users: 2 }])
  })

  test('of several clients one that cannot be removed keeps its data, and what came of each is in the document', async () => {
    for (const id of ['client_first', 'client_ill', 'client_last']) await fleet.addClient(id)
    await refuseProof('client_ill')
    const ids = ['first', 'ill', 'last']
    const confirmed = ids.flatMap((id) => ['--confirm', id])
    const result = await fleet.bookctl(['client', 'remove', ...ids, ...confirmed, '--json'])
    expect(result.exitCode).toBe(EXIT.partly)
    const { error } = JSON.parse(result.stdout) as { error: object }
    expect(error).toMatchObject({
      code: 'partly-done',
      message: '1 of 3 failed: client_ill',
      hint: 'Run it again for these: client_ill',
      details: {
        results: [
          { id: 'client_first', ok: true, result: { id: 'client_first', outcome: 'removed' } },
          { id: 'client_ill', ok: false },
          { id: 'client_last', ok: true, result: { id: 'client_last', outcome: 'removed' } },
        ],
      },
    })
    for (const id of ['client_first', 'client_last']) await expectGone(id)
    expect(await fleet.sql('select count(*)::int as users from client_ill.users')).toEqual([{ users: 2 }])
  })

  test('an unknown client is not found', async () => {
    expect((await fleet.bookctl(['client', 'remove', 'nobody', '--confirm', 'nobody'])).exitCode).toBe(
      EXIT.notFound,
    )
  })
})
