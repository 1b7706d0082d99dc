import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { findOnPath } from '../../../src/engines/local/binaries.ts'
import { packageFile } from '../../../src/files/package-root.ts'
import { fleetWith } from '../../support/fleet.ts'
import { postgresEnv } from '../../support/host-engine.ts'

const run = promisify(execFile)

/** The lines that docs/backup.md tells a person to type. */
function linesOfThePage(): string[] {
  const page = readFileSync(packageFile('docs/backup.md'), 'utf8')
  const lines = /## By hand[^]*?```sh\n([^]*?)```/.exec(page)?.[1]?.trim().split('\n') ?? []
  expect(lines.length).toBeGreaterThan(4)
  return lines
}

test('what docs/backup.md says brings a client back with stock tools alone', async () => {
  const fleet = await fleetWith('anna')
  const elsewhere = await mkdtemp(join(tmpdir(), 'bookctl-by-hand-'))
  try {
    await fleet.sql('insert into client_anna.users (telegram_id) select generate_series(1, 9)')
    await fleet.ok(['backup', 'anna'])
    const [newest] = JSON.parse((await fleet.ok(['backup', 'list', 'anna', '--json'])).stdout) as {
      archive: string
    }[]
    const port = /postgres:\n(?:.*\n)*? {2}port: (\d+)/.exec(
      readFileSync(join(fleet.dir, 'fleet.yml'), 'utf8'),
    )?.[1]
    const password = encodeURIComponent(fleet.secret('POSTGRES_PASSWORD') ?? '')
    const env = {
      ...postgresEnv(`postgres://booking_user:${password}@127.0.0.1:${port}/postgres`),
      PGDATABASE: 'postgres',
      HOME: elsewhere,
    }
    const script = linesOfThePage()
      .map((line) => line.replace(/^archive=.*/, `archive='${newest?.archive}'`))
      // age is no part of PostgreSQL; where it is not installed, the rest is what can be run.
      .filter((line) => !line.startsWith('age ') || findOnPath('age'))
    const { stdout } = await run('sh', ['-e', '-c', script.join('\n')], { env, cwd: fleet.dir })
    expect(stdout).toContain('count')
    const restored = await run(
      'psql',
      ['--dbname=restored', '--tuples-only', '--command=select count(*) from client_anna.users'],
      { env },
    )
    expect(restored.stdout.trim()).toBe('9')
  } finally {
    await fleet.stop()
    await rm(elsewhere, { recursive: true, force: true })
  }
})
