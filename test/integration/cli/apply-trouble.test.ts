import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXIT } from '../../../src/errors.ts'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'
import { killAtStep } from '../../support/kill-at-step.ts'

let fleet: TestFleet
beforeAll(async () => {
  fleet = await fleetWith('anna', 'boris', 'carla')
})
afterAll(async () => {
  await fleet?.stop()
})

const instance = async (id: string) =>
  (
    await fleet.sql<{ instance: string }>(
      'select instance::text from fleet.heartbeats where client_id = $1',
      [id],
    )
  )[0]?.instance
const running = () => fleet.sql(`select kind, client_id from fleet.operations where state = 'running'`)
const editEnv = (from: string | RegExp, to: string) => {
  const before = readFileSync(join(fleet.dir, '.env'), 'utf8')
  const after = before.replace(from, to)
  expect(after).not.toBe(before)
  writeFileSync(join(fleet.dir, '.env'), after)
}
const settled = async () => expect((await fleet.ok(['apply'])).stdout).toBe('Nothing to do.\n')

describe('an apply that was killed', () => {
  test.each(['role', 'grants', 'redis', 'bot'])(
    'before its step %s is finished by the next one',
    async (step) => {
      const before = await instance('client_boris')
      const [password] = await fleet.sql<{ now: string }>('select now()::text')
      await fleet.sql(`alter role client_boris password '${password?.now}'`)
      await fleet.sql('grant select on client_boris.users to public')
      editEnv(/^REDIS_PASSWORD_CLIENT_BORIS=.*$/m, `REDIS_PASSWORD_CLIENT_BORIS=another-password-${step}`)
      await killAtStep(fleet, { client: 'client_boris', step }, ['apply'])
      expect(await running()).toEqual([{ kind: 'client apply', client_id: 'client_boris' }])
      await fleet.ok(['apply'])
      expect(await running()).toEqual([])
      expect(await instance('client_boris')).not.toBe(before)
      await settled()
    },
  )

  test('after everything was mended leaves nothing open either', async () => {
    await fleet.sql('grant select on client_boris.users to public')
    await killAtStep(fleet, { client: 'client_boris', step: 'audit' }, ['apply'])
    const result = await fleet.ok(['apply'])
    expect(result.stdout).toContain(`'client apply' was interrupted at its end`)
    expect(await running()).toEqual([])
    await settled()
  })
})

describe('what one client fails at does not stop the others:', () => {
  test('a bot that does not get ready', async () => {
    const token = fleet.secret('BOT_TOKEN_CLIENT_ANNA') ?? ''
    const before = await instance('client_carla')
    editEnv(token, token.replace(/:.*/, `:${'x'.repeat(35)}`))
    editEnv('ADMIN_IDS_CLIENT_CARLA=', 'ADMIN_IDS_CLIENT_CARLA=5')
    const result = await fleet.bookctl(['apply'])
    expect(result.exitCode).toBe(EXIT.partly)
    expect(result.stderr).toContain('1 of 3 failed: client_anna')
    expect(result.stdout).toContain('client_carla')
    expect(await instance('client_carla')).not.toBe(before)
    expect((await fleet.bookctl(['apply', 'anna'])).exitCode).toBe(EXIT.healthGate)
    editEnv(/^BOT_TOKEN_CLIENT_ANNA=.*$/m, `BOT_TOKEN_CLIENT_ANNA=${token}`)
    await fleet.ok(['apply'])
    await settled()
  })

  test('another operator who holds the client', async () => {
    await fleet.sql('grant select on client_anna.users to public')
    await fleet.sql('grant select on client_boris.users to public')
    await killAtStep(
      fleet,
      { client: 'client_anna', step: 'declaration' },
      ['client', 'set', 'anna', '--title', 'Anna'],
      async () => {
        const result = await fleet.bookctl(['apply'])
        expect(result.exitCode).toBe(EXIT.partly)
        expect(result.stderr).toContain('client_anna is being changed by')
        expect(result.stdout).toContain('client_boris')
        expect(result.stdout).not.toContain('client_anna')
      },
    )
    await fleet.ok(['client', 'set', 'anna', '--title', 'Anna'])
    await fleet.ok(['apply'])
    await settled()
  })

  test('a schema that is gone: no empty one takes its place', async () => {
    await fleet.addClient('dora')
    await fleet.sql('drop schema client_dora cascade')
    await fleet.sql('grant select on client_anna.users to public')
    const result = await fleet.bookctl(['apply'])
    expect(result.exitCode).toBe(EXIT.partly)
    expect(result.stderr).toContain('The schema of client_dora is not in the database')
    expect(result.stdout).toContain('client_anna')
    expect(await fleet.sql(`select from pg_namespace where nspname = 'client_dora'`)).toEqual([])
    await fleet.ok(['client', 'remove', 'dora', '--confirm', 'dora'])
    await settled()
  })
})

describe('an operation of another kind that was killed', () => {
  test('client add is finished', async () => {
    const bot = await fleet.newBot('Erika')
    await killAtStep(fleet, { client: 'client_erika', step: 'redis' }, [
      'client',
      'add',
      'erika',
      '--title',
      'Erika',
      '--token-file',
      bot.tokenFile,
    ])
    const result = await fleet.ok(['apply'])
    expect(result.stdout).toContain('client add was begun and not finished')
    expect((await fleet.ok(['client', 'show', 'erika', '--json'])).stdout).toContain('"state": "active"')
    await settled()
  })

  test('client set is named with the command that finishes it', async () => {
    await killAtStep(fleet, { client: 'client_erika', step: 'settings' }, [
      'client',
      'set',
      'erika',
      '--title',
      'Erika 2',
    ])
    const result = await fleet.ok(['diff'])
    expect(result.stderr).toContain(`client_erika: 'client set' was begun and not finished`)
    expect(result.stdout).toContain('title: Erika → Erika 2')
    await fleet.ok(['apply'])
    await fleet.ok(['client', 'set', 'erika', '--title', 'Erika 2'])
    await settled()
  })

  test('client remove is not finished, for it destroys, but named', async () => {
    await killAtStep(fleet, { client: 'client_erika', step: 'schema' }, [
      'client',
      'remove',
      'erika',
      '--confirm',
      'erika',
    ])
    const result = await fleet.bookctl(['apply', 'erika'])
    expect(result.exitCode).toBe(EXIT.conflict)
    expect(result.stderr).toContain('bookctl client remove client_erika --confirm client_erika')
    expect(await fleet.sql('select count(*)::int as n from client_erika.services')).toEqual([{ n: 1 }])
    await fleet.ok(['client', 'remove', 'erika', '--confirm', 'erika'])
    await settled()
  })
})

test('a client that was detached stays so, and a file that declares it is refused', async () => {
  const file = join(fleet.dir, 'clients/client_carla.yml')
  const text = readFileSync(file, 'utf8')
  await fleet.ok(['client', 'remove', 'carla', '--keep-data', '--confirm', 'carla'])
  await settled()
  writeFileSync(file, text)
  const result = await fleet.bookctl(['apply', 'carla'])
  expect(result.exitCode).toBe(EXIT.conflict)
  expect(result.stderr).toContain('bookctl client add client_carla --adopt')
  rmSync(file)
})

test('secrets show in no plan and no result', async () => {
  const secrets =
    readFileSync(join(fleet.dir, '.env'), 'utf8').match(/(?<=(TOKEN|PASSWORD)\w*=).{8,}$/gm) ?? []
  expect(secrets.length).toBeGreaterThan(5)
  await fleet.sql(`alter role client_boris password 'other'`)
  editEnv(/^ADMIN_IDS_CLIENT_BORIS=.*$/m, 'ADMIN_IDS_CLIENT_BORIS=99')
  const printed = [
    await fleet.ok(['diff']),
    await fleet.ok(['diff', '--json']),
    await fleet.ok(['apply', '--json']),
  ]
  for (const { stdout, stderr } of printed)
    for (const secret of secrets) expect(stdout + stderr).not.toContain(secret)
})
