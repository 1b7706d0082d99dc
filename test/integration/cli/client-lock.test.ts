import { spawnSync } from 'node:child_process'
import { expect, inject, test } from 'vitest'
import { withClientLock } from '../../../src/operations/client-lock.ts'
import { type AdminDb, openAdmin } from '../../../src/postgres/admin.ts'
import { ensureFleetSchema } from '../../../src/postgres/fleet-schema.ts'
import { createTestDatabase } from '../../support/database.ts'

async function withDatabase(work: (open: (applicationName: string) => Promise<AdminDb>) => Promise<void>) {
  const database = await createTestDatabase()
  const url = new URL(inject('postgresUrl'))
  const opened: AdminDb[] = []
  const open = async (applicationName: string) => {
    const session = await openAdmin({
      endpoint: { host: url.hostname, port: Number(url.port) },
      password: url.password,
      database: database.name,
      applicationName,
    })
    opened.push(session)
    await ensureFleetSchema(session)
    return session
  }
  try {
    await work(open)
  } finally {
    for (const session of opened) await session.end()
    await database.drop()
  }
}

test('one operator at a time changes a client; the other hears who, since when and with which command', async () => {
  await withDatabase(async (open) => {
    const first = await open(`bookctl client set client_anna by olga (${process.pid})`)
    const second = await open('bookctl client remove client_anna by boris (4712)')
    await withClientLock(first, 'client_anna', async () => {
      await expect(withClientLock(second, 'client_anna', () => Promise.resolve())).rejects.toMatchObject({
        exitCode: 11,
        message: expect.stringMatching(
          /^client_anna is being changed by 'bookctl client set client_anna by olga \(\d+\)' since \d{4}-/,
        ),
      })
      await withClientLock(second, 'client_boris', () => Promise.resolve())
    })
    await withClientLock(second, 'client_anna', () => Promise.resolve())
  })
})

test('a killed bookctl whose session is about to end is waited for', async () => {
  await withDatabase(async (open) => {
    const gone = spawnSync(process.execPath, ['-e', '0']).pid
    const killed = await open(`bookctl client set client_anna by olga (${gone})`)
    const second = await open('bookctl client set client_anna by boris (4712)')
    const order: string[] = []
    let waiting: Promise<void> | undefined
    await withClientLock(killed, 'client_anna', async () => {
      waiting = withClientLock(second, 'client_anna', async () => void order.push('second'))
      await killed.query('select pg_sleep(0.5)')
      order.push('the killed one')
    })
    await waiting
    expect(order).toEqual(['the killed one', 'second'])
  })
})
