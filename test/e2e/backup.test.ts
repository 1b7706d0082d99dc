import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../sandbox/client.ts'
import { fleetNames } from '../../src/fleet/names.ts'
import type { BackupResult } from '../../src/operations/backup.ts'
import { bookFirstTime } from '../support/book.ts'
import { fingerprintOthers } from '../support/fingerprint.ts'
import { fleetWith, type TestFleet } from '../support/fleet.ts'
import { docker, shell } from './support/docker.ts'

// One story: each test goes on where the one before ended.

let fleet: TestFleet
let masha: Person
beforeAll(async () => {
  fleet = await fleetWith()
  const anna = await fleet.addClient('client_001')
  const boris = await fleet.addClient('client_002')
  const person = async (bot: { id: number }, name: string) =>
    fleet.sandbox.person(bot.id, await fleet.sandbox.createUser({ first_name: name, language_code: 'ru' }))
  masha = await person(anna, 'Маша')
  await bookFirstTime(masha)
  await bookFirstTime(await person(boris, 'Ольга'))
})
afterAll(() => fleet?.stop())

const bookings = (id: string) => fleet.sql(`select * from ${id}.bookings order by id`)

test('all clients are backed up in one go, and every archive is proved by a restore', async () => {
  const made = JSON.parse((await fleet.ok(['backup', '--all', '--json'])).stdout) as BackupResult[]
  expect(made.map(({ id }) => id).toSorted()).toEqual(['client_001', 'client_002', 'fleet'])
  const { stdout } = await fleet.ok(['backup', 'verify', '--all'])
  expect(stdout.match(/proved \(restore\)/g)).toHaveLength(3)
})

test('one client is brought back; the other, its keys and its container are as they were', async () => {
  const before = await bookings('client_001')
  await fleet.sql('truncate client_001.bookings cascade')
  const others = await fingerprintOthers(fleet, 'client_001')
  await fleet.ok(['restore', '001', '--confirm', 'client_001'])
  expect(await bookings('client_001')).toEqual(before)
  expect(await fingerprintOthers(fleet, 'client_001')).toEqual(others)
  expect((await fleet.bookctl(['status'])).exitCode).toBe(0)
  expect(await fleet.bookctl(['diff', '--exit-code'])).toMatchObject({ exitCode: 0 })
  await fleet.ok(['restore', '001', '--undo', '--confirm', 'client_001'])
  expect(await bookings('client_001')).toEqual([])
  await fleet.ok(['restore', '001', '--undo', '--confirm', 'client_001'])
  expect(await bookings('client_001')).toEqual(before)
})

test('the lines that `backup show` prints bring the data back, word by word', async () => {
  const { restoreByHand } = JSON.parse((await fleet.ok(['backup', 'show', '002', '--json'])).stdout) as {
    restoreByHand: string[]
  }
  const script = restoreByHand.filter((line) => line.startsWith('docker compose exec'))
  expect(script).toHaveLength(3)
  const result = await shell(script.join(' && '), fleet.dir)
  expect(result.exitCode, result.stderr).toBe(0)
  const counted = await shell(
    `docker compose exec -T postgres psql -U booking_user -d restored_client_002 -Atc 'select count(*) from client_002.bookings'`,
    fleet.dir,
  )
  expect(counted.stdout.trim()).toBe('1')
})

test('the volumes are lost: the whole fleet comes back from its backups, and the bots answer', async () => {
  const before = [await bookings('client_001'), await bookings('client_002')]
  await fleet.ok(['backup', '--all'])
  // What stands in for Telegram stays: it is elsewhere, too.
  for (const service of ['postgres', 'redis', 'bot-client-001', 'bot-client-002'])
    await docker('rm', '--force', `${fleet.name}-${service}`)
  const { volumes } = fleetNames(fleet.name)
  await docker('volume', 'rm', volumes.postgres, volumes.redis)
  await fleet.ok(['restore', '--whole-fleet'])
  expect([await bookings('client_001'), await bookings('client_002')]).toEqual(before)
  expect((await fleet.bookctl(['status'])).exitCode).toBe(0)
  expect(await fleet.bookctl(['diff', '--exit-code'])).toMatchObject({ exitCode: 0 })
  // Her booking counts: the hour that she has is not offered again.
  await masha.write('/start')
  await masha.waitFor((view) => view.replyKeyboard.flat().includes('📅 Записаться'), 'the menu')
})
