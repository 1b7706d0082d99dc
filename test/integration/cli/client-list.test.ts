import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ClientLine, ClientView } from '../../../src/operations/client-view.ts'
import { fleetWith, type TestBot, type TestFleet } from '../../support/fleet.ts'

let fleet: TestFleet
let anna: TestBot

beforeAll(async () => {
  fleet = await fleetWith()
  anna = await fleet.addClient('anna', '--admin', '4242', '--address', 'Tverskaya 1')
  await fleet.addClient('boris')
  await fleet.ok(['client', 'remove', 'boris', '--confirm', 'client_boris'])
  // A declaration that somebody has written by hand and not added yet.
  const file = readFileSync(join(fleet.dir, 'clients/client_anna.yml'), 'utf8')
  const uuid = '3f0f2c2e-9f3f-4f43-9c0e-0c8a3d0a7a11'
  const copy = file.replaceAll('client_anna', 'client_zoe').replace(/uuid: .*/, `uuid: ${uuid}`)
  writeFileSync(join(fleet.dir, 'clients/client_zoe.yml'), copy)
})
afterAll(() => fleet.stop())

describe('bookctl client list', () => {
  const list = async (...flags: string[]) =>
    JSON.parse((await fleet.ok(['client', 'list', '--json', ...flags])).stdout) as ClientLine[]

  test('has every client with its bot, and what is only declared', async () => {
    expect(await list()).toMatchObject([
      {
        id: 'client_anna',
        title: 'Salon anna',
        state: 'active',
        botUsername: anna.username,
        removedAt: null,
      },
      { id: 'client_zoe', state: 'declared', botUsername: null, createdAt: null },
    ])
    const { stdout } = await fleet.ok(['client', 'list'])
    expect(stdout).toMatch(
      new RegExp(`^CLIENT .*\\nclient_anna +Salon anna +active +@${anna.username} +\\d{4}-\\d\\d-\\d\\d\\n`),
    )
  })

  test('shows who was removed, and when, only when asked', async () => {
    const removed = (await list('--removed')).find((one) => one.id === 'client_boris')
    expect(removed).toMatchObject({ state: 'removed', removedAt: expect.stringMatching(/^\d{4}-/) })
  })
})

describe('bookctl client show', () => {
  test('tells everything about a client but its secrets', async () => {
    const { stdout } = await fleet.ok(['client', 'show', 'anna'])
    for (const told of [
      'client_anna  Salon anna',
      `@${anna.username}  running, ready`,
      'Europe/Moscow',
      '4242',
      'Tverskaya 1',
      'Mon 09:00–18:00',
      'settings (bookctl client set ID --setting SETTING=VALUE)',
      'BOT_TOKEN_CLIENT_ANNA',
      'client add  done',
      'services (1)',
    ])
      expect(stdout).toContain(told)
    const json = await fleet.ok(['client', 'show', 'anna', '--json'])
    const [view] = JSON.parse(json.stdout) as ClientView[]
    expect(view).toMatchObject({ id: 'client_anna', state: 'active', adminIds: ['4242'] })
    const names = [...readFileSync(join(fleet.dir, '.env'), 'utf8').matchAll(/^([A-Z_]+)=/gm)].map(
      (m) => m[1],
    )
    const secrets = names
      .filter((name) => /TOKEN|PASSWORD/.test(name ?? ''))
      .flatMap((name) => fleet.secret(name ?? '') || [])
    expect(secrets.length).toBeGreaterThan(3)
    for (const secret of secrets) expect(stdout + json.stdout).not.toContain(secret)
  })

  test('shows what is only declared, and that it was never added', async () => {
    const { stdout } = await fleet.ok(['client', 'show', 'zoe'])
    expect(stdout).toMatch(/^state +declared$/m)
  })

  test('an unknown client is exit code 4 with the nearest name', async () => {
    const { exitCode, stderr } = await fleet.bookctl(['client', 'show', 'ana'])
    expect(exitCode).toBe(4)
    expect(stderr).toContain('Did you mean client_anna?')
  })
})
