import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import pg from 'pg'
import { findOnPath, findPostgresBin, unprivilegedUser } from '../../src/engines/local/binaries.ts'

export interface ThrowawayServer {
  url: string
  stop(): Promise<void>
}

/** A free port of the loopback address, picked by the kernel. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** Calls `probe` until it succeeds; fails with its last error after `seconds`. */
export async function eventually<T>(probe: () => Promise<T>, seconds = 30): Promise<T> {
  const deadline = Date.now() + seconds * 1000
  for (;;) {
    try {
      return await probe()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

/** PostgreSQL with the fleet's admin user `booking_user`, on a free loopback port, without durability. */
export async function startPostgres(): Promise<ThrowawayServer> {
  const bin = findPostgresBin()
  if (!bin)
    throw new Error('PostgreSQL 15 or newer is not installed: run scripts/services, or set TEST_DATABASE_URL')
  const user = unprivilegedUser()
  const folder = mkdtempSync(join(tmpdir(), 'bookctl-pg-'))
  const password = 'throwaway'
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (user) for (const path of [folder, passwordFile]) chownSync(path, user.uid, user.gid)
  const data = join(folder, 'data')
  const options = {
    ...user,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'] as ['ignore', 'ignore', 'pipe'],
  }
  execFileSync(
    join(bin, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'booking_user',
      `--pwfile=${passwordFile}`,
      '-A',
      'scram-sha-256',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      '--no-sync',
    ],
    options,
  )
  const port = await freePort()
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: 300,
    max_locks_per_transaction: 256,
    log_min_messages: 'fatal',
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...args], options)
  const url = `postgresql://booking_user:${password}@127.0.0.1:${port}/postgres`
  await eventually(async () => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.end()
  })
  return { url, stop: () => stopAndForget(server, 'SIGINT', folder) }
}

/** Redis with an ACL file and the password `throwaway` of its default user, on a free loopback port. */
export async function startRedis(): Promise<ThrowawayServer> {
  const bin = findOnPath('redis-server')
  if (!bin) throw new Error('Redis 7 is not installed: run scripts/services, or set TEST_REDIS_URL')
  const folder = mkdtempSync(join(tmpdir(), 'bookctl-redis-'))
  const port = await freePort()
  writeFileSync(join(folder, 'users.acl'), 'user default on >throwaway ~* &* +@all\n')
  writeFileSync(
    join(folder, 'redis.conf'),
    `port ${port}\nbind 127.0.0.1\ndir ${folder}\naclfile ${folder}/users.acl\nsave ""\nmaxmemory-policy volatile-ttl\nlogfile ""\n`,
  )
  const server = spawn(bin, [join(folder, 'redis.conf')], { stdio: 'ignore' })
  const url = `redis://default:throwaway@127.0.0.1:${port}`
  await eventually(async () => {
    const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null })
    redis.on('error', () => undefined)
    try {
      await redis.connect()
      await redis.ping()
    } finally {
      redis.disconnect()
    }
  })
  return { url, stop: () => stopAndForget(server, 'SIGTERM', folder) }
}

async function stopAndForget(server: ChildProcess, signal: NodeJS.Signals, folder: string): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    const exited = once(server, 'exit')
    server.kill(signal)
    await exited
  }
  rmSync(folder, { recursive: true, force: true })
}
