import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'

let fleet: TestFleet
beforeAll(async () => {
  fleet = await fleetWith()
})
afterAll(async () => {
  await fleet?.stop()
})

/** Everything that any process of this host shows in its argv, looked at again and again while `work` runs. */
async function argvDuring(work: () => Promise<unknown>): Promise<string> {
  const seen = new Set<string>()
  const look = () => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        seen.add(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
      } catch (error) {
        // Processes end while we look.
        if (!['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
      }
    }
  }
  const timer = setInterval(look, 20)
  try {
    await work()
    look()
  } finally {
    clearInterval(timer)
  }
  return [...seen].join('\n')
}

/** Every file of the fleet but `.env`, what people are told to keep secret, and the servers' own data. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => !/^(\.env$|token-|\.bookctl\/age-identity)/.test(file) && !file.includes('postgres/'))
    .map((file) => join(folder, file))
    .filter((file) => statSync(file).isFile())
}

test('tokens and passwords stand in no argv, output, log, journal row, manifest or error', async () => {
  let bot = { token: '', tokenFile: '' }
  const printed: string[] = []
  const secrets: string[] = []
  const argv = await argvDuring(async () => {
    bot = await fleet.newBot('Secretive')
    const add = ['client', 'add', 'anna', '--title', 'A', '--token-file', bot.tokenFile, '--verbose']
    printed.push(JSON.stringify(await fleet.ok(add)))
    for (const name of [
      'DATABASE_PASSWORD_CLIENT_ANNA',
      'REDIS_PASSWORD_CLIENT_ANNA',
      'POSTGRES_PASSWORD',
      'REDIS_PASSWORD',
    ])
      secrets.push(fleet.secret(name) ?? 'missing')
    const second = await fleet.bookctl(
      ['client', 'add', 'boris', '--title', 'B', '--token-stdin', '--verbose'],
      {
        stdin: bot.token,
      },
    )
    printed.push(JSON.stringify(second))
    const wrong = await fleet.bookctl(
      ['client', 'set', 'anna', '--token-stdin', '--skip-token-check', '--json'],
      {
        stdin: `4444444:${'Q'.repeat(35)}`,
      },
    )
    printed.push(JSON.stringify(wrong))
    printed.push(
      JSON.stringify(await fleet.ok(['client', 'remove', 'anna', '--confirm', 'anna', '--verbose'])),
    )
  })
  secrets.push(bot.token, 'Q'.repeat(35))
  const rows = await fleet.sql<{ row: string }>(
    `select to_jsonb(o)::text as row from fleet.operations o union all
     select to_jsonb(s)::text from fleet.operation_steps s union all
     select to_jsonb(a)::text from fleet.audit a union all
     select to_jsonb(c)::text from fleet.clients c`,
  )
  const places = {
    argv,
    printed: printed.join('\n'),
    rows: rows.map(({ row }) => row).join('\n'),
    ...Object.fromEntries(filesOf(fleet.dir).map((file) => [file, readFileSync(file, 'latin1')])),
  }
  expect(secrets).not.toContain('missing')
  expect(places.argv).toContain('client\0add')
  const found = Object.entries(places).flatMap(([place, text]) =>
    secrets.filter((secret) => text.includes(secret)).map(() => place),
  )
  expect(found).toEqual([])
})
