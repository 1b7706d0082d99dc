import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findOnPath } from '../../../src/engines/local/binaries.ts'
import { packageFile } from '../../../src/files/package-root.ts'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'
import { postgresEnv } from '../../support/host-engine.ts'

const run = promisify(execFile)

let fleet: TestFleet
let elsewhere: string
let env: NodeJS.ProcessEnv
beforeAll(async () => {
  fleet = await fleetWith('anna')
  elsewhere = await mkdtemp(join(tmpdir(), 'bookctl-by-hand-'))
  await fleet.sql('insert into client_anna.users (telegram_id) select generate_series(1, 9)')
  const port = /postgres:\n(?:.*\n)*? {2}port: (\d+)/.exec(settings())?.[1]
  const password = encodeURIComponent(fleet.secret('POSTGRES_PASSWORD') ?? '')
  env = {
    ...postgresEnv(`postgres://booking_user:${password}@127.0.0.1:${port}/postgres`),
    PGDATABASE: 'postgres',
    HOME: elsewhere,
  }
}, 300_000)
afterAll(async () => {
  await fleet.stop()
  await rm(elsewhere, { recursive: true, force: true })
})

const settings = () => readFileSync(join(fleet.dir, 'fleet.yml'), 'utf8')
const psql = async (...args: string[]) => (await run('psql', args, { env })).stdout.trim()

/** The nth block of lines that docs/backup.md tells a person to type. */
function linesOfThePage(nth: number): string[] {
  const page = readFileSync(packageFile('docs/backup.md'), 'utf8')
  const chapter = /## By hand[^]*?\n## /.exec(page)?.[0] ?? ''
  const lines = [...chapter.matchAll(/```sh\n([^]*?)```/g)][nth]?.[1]?.trim().split('\n') ?? []
  expect(lines.length).toBeGreaterThan(4)
  return lines
}

/** Types them for the newest backup, and answers with what they printed. */
async function typed(lines: readonly string[]): Promise<string> {
  await fleet.ok(['backup', 'anna'])
  const [newest] = JSON.parse((await fleet.ok(['backup', 'list', 'anna', '--json'])).stdout) as {
    archive: string
  }[]
  const script = lines.map((line) => line.replace(/^archive=.*/, `archive='${newest?.archive}'`))
  const { stdout } = await run('sh', ['-e', '-c', script.join('\n')], { env, cwd: fleet.dir })
  expect(
    await psql('--dbname=restored', '--tuples-only', '--command=select count(*) from client_anna.users'),
  ).toBe('9')
  await psql('--command=drop database restored')
  return stdout
}

test('what docs/backup.md says brings a client back with stock tools alone', async () => {
  // age is no part of PostgreSQL; where it is not installed, the rest is what can be run.
  const lines = linesOfThePage(0).filter((line) => !line.startsWith('age ') || findOnPath('age'))
  expect(await typed(lines)).toContain('count')
})

test.skipIf(!findOnPath('age'))(
  'what it says of an encrypted archive does, too, with the age of the distribution',
  async () => {
    writeFileSync(
      join(fleet.dir, 'fleet.yml'),
      settings().replace('encryptArchives: false', 'encryptArchives: true'),
    )
    const stdout = await typed(linesOfThePage(1))
    expect(stdout).toContain(`BOT_TOKEN_CLIENT_ANNA=${fleet.secret('BOT_TOKEN_CLIENT_ANNA')}`)
  },
)
