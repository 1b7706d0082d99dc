import { expect, inject, test } from 'vitest'
import { withClientLock } from '../../../src/operations/client-lock.ts'
import { openAdmin } from '../../../src/postgres/admin.ts'
import { ensureFleetSchema } from '../../../src/postgres/fleet-schema.ts'
import { createTestDatabase } from '../../support/database.ts'

test('one operator at a time changes a client; the other hears who, since when and with which command', async () => {
  const database = await createTestDatabase()
  const url = new URL(inject('postgresUrl'))
  const open = (applicationName: string) =>
    openAdmin({
      endpoint: { host: url.hostname, port: Number(url.port) },
      password: url.password,
      database: database.name,
      applicationName,
    })
  const first = await open('bookctl client set client_anna by olga (4711)')
  const second = await open('bookctl client remove client_anna by boris (4712)')
  try {
    await ensureFleetSchema(first)
    await withClientLock(first, 'client_anna', async () => {
      await expect(withClientLock(second, 'client_anna', () => Promise.resolve())).rejects.toMatchObject({
        exitCode: 11,
        message: expect.stringMatching(
          /^client_anna is being changed by 'bookctl client set client_anna by olga \(4711\)' since \d{4}-/,
        ),
      })
      await withClientLock(second, 'client_boris', () => Promise.resolve())
    })
    await withClientLock(second, 'client_anna', () => Promise.resolve())
  } finally {
    await first.end()
    await second.end()
    await database.drop()
  }
})
