import { afterEach, expect, inject, test } from 'vitest'
import { openAdmin } from '../../../src/postgres/admin.ts'
import { openRedis } from '../../../src/redis/admin.ts'
import { type Line, lineTo } from '../../support/cut-line.ts'
import { fleetDatabase } from '../../support/stores.ts'

const lines: Line[] = []
afterEach(async () => {
  for (const line of lines.splice(0)) await line.close()
})

async function cuttableLine(url: string): Promise<Line> {
  const line = await lineTo(url)
  lines.push(line)
  return line
}

/** A session of the admin user over a line that a test may silence. */
async function sessionOver(address: string, options: { answerMs?: number } = {}) {
  const url = new URL(address)
  const line = await cuttableLine(address)
  const db = await openAdmin({
    endpoint: { host: '127.0.0.1', port: line.port },
    password: decodeURIComponent(url.password),
    database: url.pathname.slice(1),
    applicationName: 'test',
    ...options,
  })
  return { db, line }
}

test('a PostgreSQL that freezes in the middle of a command is given up, and so is the session', async () => {
  const store = await fleetDatabase()
  const { db, line } = await sessionOver(store.url, { answerMs: 300 })
  line.hush()
  const refusal = {
    code: 'postgres-unreachable',
    exitCode: 3,
    hint: expect.stringContaining('run the same command again') as string,
  }
  await expect(db.query('select 1')).rejects.toMatchObject(refusal)
  await expect(db.transaction((tx) => tx.query('select 1'))).rejects.toMatchObject(refusal)
  await db.end()
  await store.close()
})

test('a PostgreSQL or Redis that freezes keeps no command from ending', async () => {
  const store = await fleetDatabase()
  const { db, line } = await sessionOver(store.url)
  line.hush()
  await db.end()
  const other = await cuttableLine(inject('redisUrl'))
  const redis = await openRedis({
    endpoint: { host: '127.0.0.1', port: other.port },
    password: new URL(inject('redisUrl')).password,
    answerMs: 300,
  })
  other.hush()
  await expect(redis.connection.ping()).rejects.toMatchObject({ code: 'redis-unreachable', exitCode: 3 })
  await redis.end()
  await store.close()
})
