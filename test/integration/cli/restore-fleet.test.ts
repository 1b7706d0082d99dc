import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bookctl } from '../../support/cli.ts'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'

let fleet: TestFleet
/** What an operator keeps elsewhere: backups, and a copy of the key. */
let elsewhere: string
beforeAll(async () => {
  fleet = await fleetWith('anna', 'boris', 'gone', 'late')
  elsewhere = mkdtempSync(join(tmpdir(), 'bookctl-elsewhere-'))
  for (const [id, count] of [
    ['anna', 3],
    ['boris', 5],
    ['late', 1],
  ] as const)
    await fleet.sql(`insert into client_${id}.users (telegram_id) select generate_series(1, ${count})`)
  await fleet.ok(['client', 'stop', 'boris'])
  await fleet.ok(['client', 'remove', 'gone', '--confirm', 'client_gone'])
  await fleet.ok(['backup', '--all'])
  // What a restore puts aside is the newest on the disk, and not what is to come back.
  await fleet.sql('delete from client_anna.users where telegram_id > 1')
  await fleet.ok(['restore', 'anna', '--confirm', 'client_anna'])
  // Removed after the shared backup was made.
  await fleet.ok(['client', 'remove', 'late', '--confirm', 'client_late'])
  cpSync(join(fleet.dir, 'backups'), join(elsewhere, 'backups'), { recursive: true })
  cpSync(join(fleet.dir, '.bookctl/age-identity.txt'), join(elsewhere, 'key.txt'))
}, 600_000)
afterAll(async () => {
  await fleet.stop()
  rmSync(elsewhere, { recursive: true, force: true })
})

describe('restore --whole-fleet', () => {
  test('a fleet that has clients is left alone', async () => {
    const result = await fleet.bookctl(['restore', '--whole-fleet'])
    expect([result.exitCode, result.stderr]).toEqual([5, expect.stringContaining('2 clients')])
  })

  test('without the key nothing is made on the new machine', async () => {
    const dir = join(elsewhere, 'keyless')
    const args = ['restore', '--whole-fleet', '--fleet', dir, '--from', join(elsewhere, 'backups')]
    const result = await bookctl(args, { cwd: elsewhere })
    expect([result.exitCode, result.stderr]).toEqual([12, expect.stringContaining('--identity FILE')])
    expect(existsSync(dir)).toBe(false)
  })

  test('a machine is lost: from backups and key all comes back, with every bot that ran', async () => {
    const settings = readFileSync(join(fleet.dir, 'fleet.yml'), 'utf8')
    const secrets = new Map(
      ['POSTGRES_PASSWORD', 'BOT_TOKEN_CLIENT_ANNA'].map((name) => [name, fleet.secret(name)]),
    )
    await fleet.ok(['down', '--delete-data', '--confirm', fleet.name])
    rmSync(fleet.dir, { recursive: true, force: true })
    const args = ['restore', '--whole-fleet', '--fleet', fleet.dir]
    const from = ['--from', join(elsewhere, 'backups'), '--identity', join(elsewhere, 'key.txt')]
    const result = await bookctl([...args, ...from], { cwd: elsewhere })
    expect([result.exitCode, result.stderr]).toEqual([0, expect.any(String)])
    expect(result.stdout).toMatch(/client_anna: back to .*\nclient_boris: back to /)
    expect(readFileSync(join(fleet.dir, 'fleet.yml'), 'utf8')).toBe(settings)
    for (const [name, value] of secrets) expect(fleet.secret(name)).toBe(value)
    expect(await fleet.sql('select count(*)::int as users from client_anna.users')).toEqual([{ users: 3 }])
    expect(await fleet.sql('select count(*)::int as users from client_boris.users')).toEqual([{ users: 5 }])
    expect(await fleet.sql('select client_id, state from fleet.clients order by client_id')).toEqual([
      { client_id: 'client_anna', state: 'active' },
      { client_id: 'client_boris', state: 'active' },
      { client_id: 'client_gone', state: 'removed' },
      { client_id: 'client_late', state: 'removed' },
    ])
    const status = JSON.parse((await fleet.ok(['status', '--json'])).stdout) as {
      clients: { id: string; process: string }[]
    }
    expect(status.clients.map(({ id, process }) => [id, process])).toEqual([
      ['client_anna', 'running'],
      ['client_boris', expect.stringMatching(/exited|missing/)],
    ])
    // Rights, walls and ACL users are as if nothing had happened.
    expect((await fleet.bookctl(['diff', '--exit-code'])).exitCode).toBe(0)
    await fleet.ok(['client', 'start', 'boris'])
  })

  test('run again it finds nothing left to do, and leaves a client alone that was brought back since its removal', async () => {
    await fleet.ok(['restore', 'gone', '--confirm', 'client_gone'])
    const { stdout } = await fleet.ok(['restore', '--whole-fleet'])
    expect(stdout).toBe('')
    expect(await fleet.sql(`select state from fleet.clients where client_id = 'client_gone'`)).toEqual([
      { state: 'active' },
    ])
  })
})
