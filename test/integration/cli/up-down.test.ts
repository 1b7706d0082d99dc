import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from '../../../src/env/dotenv.ts'
import { bookctl } from '../../support/cli.ts'
import { commandLines } from '../engine/fleet-folder.ts'

interface Endpoints {
  postgres: { host: string; port: number }
  redis: { host: string; port: number }
}

let dir: string
const run = (...args: string[]) => bookctl(args, { cwd: dir })
const up = async () => JSON.parse((await run('up', '--json')).stdout) as Endpoints

async function sql<R extends object>({ postgres }: Endpoints, text: string): Promise<R[]> {
  const password = parse(readFileSync(join(dir, '.env'), 'utf8')).get('POSTGRES_PASSWORD') ?? ''
  const client = new pg.Client({ ...postgres, user: 'booking_user', password, database: 'booking_saas' })
  await client.connect()
  try {
    return (await client.query<R>(text)).rows
  } finally {
    await client.end()
  }
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'bookctl-up-'))
  await run('init', '--yes', '--name', 'salons', '--engine', 'local')
})
afterAll(async () => {
  await run('down', '--delete-data', '--confirm', 'salons')
  rmSync(dir, { recursive: true })
})

describe('bookctl up and down', () => {
  test('up tells each step and the addresses, on loopback only, and keeps them in fleet.yml', async () => {
    const { stdout, stderr, exitCode } = await run('up')
    expect(stderr).toContain('✓ Start PostgreSQL, Redis and bots')
    expect(stderr).toContain('✓ Prepare the shared schema')
    expect(exitCode).toBe(0)
    const [, postgres, redis] =
      /^PostgreSQL {2}127\.0\.0\.1:(\d+)\nRedis {7}127\.0\.0\.1:(\d+)\n$/.exec(stdout) ?? []
    const settings = readFileSync(join(dir, 'fleet.yml'), 'utf8')
    expect(settings).toContain(`port: ${postgres}\n`)
    expect(settings).toContain(`port: ${redis}\n`)
    expect(settings).toContain('# Port on 127.0.0.1.')
  })

  test('up again changes nothing', async () => {
    const before = readFileSync(join(dir, 'fleet.yml'), 'utf8')
    const at = await up()
    const [first] = await sql<{ at: Date }>(at, 'select pg_postmaster_start_time() as at')
    expect(await up()).toEqual(at)
    const [second] = await sql<{ at: Date }>(at, 'select pg_postmaster_start_time() as at')
    expect(second).toEqual(first)
    expect(readFileSync(join(dir, 'fleet.yml'), 'utf8')).toBe(before)
  })

  test('down keeps the data, twice is no error, and the next up finds everything where it was', async () => {
    const at = await up()
    await sql(at, 'create table public.kept as select 42 as answer')
    expect(await run('down')).toMatchObject({ stdout: 'Stopped; the data is kept.\n', exitCode: 0 })
    expect((await run('down')).exitCode).toBe(0)
    await expect(sql(at, 'select 1')).rejects.toThrow('ECONNREFUSED')
    expect(await up()).toEqual(at)
    expect(await sql(at, 'select answer from public.kept')).toEqual([{ answer: 42 }])
  })

  test('deleting the data wants the fleet’s name: neither --yes nor another name will do', async () => {
    const at = await up()
    for (const flags of [['--yes'], ['--confirm', 'booking']]) {
      const { stderr, exitCode } = await run('down', '--delete-data', ...flags)
      expect(stderr).toBe(
        '✗ Not confirmed: All data of the fleet salons in PostgreSQL and Redis will be deleted for good.\n' +
          '  If you mean it, add: --confirm salons\n',
      )
      expect(exitCode).toBe(2)
    }
    expect(await sql(at, 'select answer from public.kept')).toEqual([{ answer: 42 }])
    const { stdout, exitCode } = await run('down', '--delete-data', '--confirm', 'salons')
    expect([stdout, exitCode]).toEqual(['Stopped; the data is deleted.\n', 0])
    expect(await sql(await up(), "select to_regclass('public.kept') as kept")).toEqual([{ kept: null }])
  })

  test('no password of the fleet is printed, or stands in any command line', async () => {
    const printed = [await run('up', '--verbose'), await run('status', '--json')]
    const secrets = [...parse(readFileSync(join(dir, '.env'), 'utf8'))].flatMap(([name, value]) =>
      /PASSWORD/.test(name) ? [value] : [],
    )
    expect(secrets).toHaveLength(2)
    const running = commandLines().map(({ line }) => line)
    expect(running.some((line) => line.includes(dir))).toBe(true)
    for (const secret of secrets) {
      for (const { stdout, stderr } of printed) expect(stdout + stderr).not.toContain(secret)
      expect(running.filter((line) => line.includes(secret))).toEqual([])
    }
  })
})
