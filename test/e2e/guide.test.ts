import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bookFirstTime } from '../support/book.ts'
import { fleetWith, type TestFleet } from '../support/fleet.ts'
import { docker, type ShellResult, shell } from './support/docker.ts'

// The commands of the deployment guide, word by word (in the spelling of Compose v2), in a fleet folder.

let fleet: TestFleet
beforeAll(async () => {
  fleet = await fleetWith()
  const bot = await fleet.addClient('client_001')
  const masha = await fleet.sandbox.createUser({ first_name: 'Маша', language_code: 'ru' })
  await bookFirstTime(fleet.sandbox.person(bot.id, masha))
})
afterAll(async () => {
  await fleet?.stop()
})

async function guide(line: string): Promise<ShellResult> {
  const result = await shell(line, fleet.dir)
  expect(result.exitCode, `${line}\n${result.stdout}${result.stderr}`).toBe(0)
  return result
}
const psql = 'docker compose exec postgres psql -U booking_user -d booking_saas'
const running = async (service: string) =>
  (await docker('inspect', '--format', '{{.State.Running}}', `${fleet.name}-${service}`)) === 'true'

describe('what the guide reads', () => {
  test('docker compose ps', async () => {
    const { stdout } = await guide('docker compose ps')
    for (const name of ['postgres', 'redis'])
      expect(stdout).toMatch(new RegExp(`${fleet.name}-${name} .*\\(healthy\\)`))
    expect(stdout).toMatch(new RegExp(`${fleet.name}-bot-client-001 .*Up`))
    expect(stdout).not.toContain('bot-image')
  })

  test('docker compose config', async () => {
    const { stderr } = await guide('docker compose config --quiet')
    expect(stderr).toBe('')
  })

  test('the schemas, and the 12 tables of one', async () => {
    const schemas = await guide(`${psql} -Atc "SELECT schema_name FROM information_schema.schemata
      WHERE schema_name LIKE '%_bot' OR schema_name LIKE 'client_%';"`)
    expect(schemas.stdout.trim()).toBe('client_001')
    const { stdout } = await guide(
      `printf '%s\\n' 'SET search_path TO client_001;' '\\dt' | docker compose exec -T postgres psql -U booking_user -d booking_saas`,
    )
    expect(stdout).toContain('(12 rows)')
    for (const table of ['admins', 'admin_actions', 'bookings', 'booking_history', 'services', 'users'])
      expect(stdout).toMatch(new RegExp(`\\b${table}\\b`))
  })

  test('the keys of Redis and its memory, without a password typed', async () => {
    expect((await guide(`docker compose exec redis redis-cli KEYS '*'`)).stdout).toMatch(
      /client_001:user:\d+:/,
    )
    expect(
      (await guide('docker compose exec redis redis-cli INFO memory | grep used_memory_human')).stdout,
    ).toMatch(/used_memory_human:\S+/)
    const counted = await guide('docker compose exec redis redis-cli --scan --pattern "client_001:*" | wc -l')
    expect(Number(counted.stdout)).toBeGreaterThan(0)
    expect(
      (
        await guide('docker compose exec redis redis-cli --scan --pattern "sales_bot:*" | wc -l')
      ).stdout.trim(),
    ).toBe('0')
  })

  test('the connections of PostgreSQL, by role and application', async () => {
    const all = await guide(
      `${psql} -c "SELECT count(*) as active_connections FROM pg_stat_activity WHERE datname='booking_saas';"`,
    )
    expect(all.stdout).toContain('active_connections')
    const each = await guide(
      `${psql} -c "SELECT usename, application_name, count(*) FROM pg_stat_activity WHERE datname='booking_saas' GROUP BY usename, application_name;"`,
    )
    expect(each.stdout).toMatch(/client_001 +\| bot\/client_001/)
  })

  test('logs: followed, the last hundred lines, searched, exported', async () => {
    const followed = await shell('timeout 3 docker compose logs -f bot-client-001', fleet.dir)
    expect(followed.exitCode).toBe(124)
    expect(followed.stdout).toContain('"event":"schema_ready"')
    expect((await guide('docker compose logs --tail=100 bot-client-001')).stdout).toContain('bot_ready')
    expect((await guide('docker compose logs bot-client-001 | grep -i "bot_started"')).stdout).toContain(
      'bot_started',
    )
    await guide('docker compose logs --no-color bot-client-001 > client_001_logs_$(date +%Y%m%d).txt')
    expect((await guide('cat client_001_logs_*.txt')).stdout).toContain('bot_ready')
    expect((await shell('timeout 3 docker compose logs -f', fleet.dir)).stdout).toContain(
      'database system is ready',
    )
  })

  test('docker stats', async () => {
    expect((await guide('docker stats --no-stream')).stdout).toContain(`${fleet.name}-bot-client-001`)
  })

  test('the dumps of the whole database and of one schema', async () => {
    await guide(
      'docker compose exec postgres pg_dump -U booking_user -Fc booking_saas > backups/booking_full_$(date +%Y%m%d_%H%M%S).dump',
    )
    const listed = await guide(
      'docker compose exec -T postgres pg_restore --list < $(ls backups/booking_full_*.dump)',
    )
    expect(listed.stdout).toContain('TABLE DATA client_001 bookings')
    await guide(
      'docker compose exec postgres pg_dump -U booking_user -n client_001 booking_saas > backups/client_001_$(date +%Y%m%d).sql',
    )
    expect((await guide('cat backups/client_001_*.sql')).stdout).toContain('CREATE TABLE client_001.bookings')
  })
})

describe('what the guide changes', () => {
  test('docker compose stop, start and restart of one bot', async () => {
    await guide('docker compose stop bot-client-001')
    expect(await running('bot-client-001')).toBe(false)
    await guide('docker compose start bot-client-001')
    expect(await running('bot-client-001')).toBe(true)
    await guide('docker compose restart bot-client-001')
    expect(await running('bot-client-001')).toBe(true)
  })

  test('docker compose down, build --no-cache and up -d; the data is there again', async () => {
    await guide('docker compose down')
    await guide('docker compose build --no-cache')
    await guide('docker compose up -d')
    for (const service of ['postgres', 'redis', 'bot-client-001']) expect(await running(service)).toBe(true)
    expect(await fleet.sql('select count(*)::int as n from client_001.bookings')).toEqual([{ n: 1 }])
    // bookctl sees its own things in what a person has started.
    await fleet.ok(['client', 'restart', '001'])
    await fleet.ok(['status'])
  })

  test('docker compose up -d of one bot, after its container was removed', async () => {
    await guide('docker compose rm -sf bot-client-001')
    await guide('docker compose up -d bot-client-001')
    expect(await running('bot-client-001')).toBe(true)
  })
})
