import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { BookctlError } from '../../errors.ts'
import { programEnvironment, run } from '../../exec/exec.ts'
import { ADMIN_USER, DATABASE } from '../../fleet/names.ts'
import type { FleetSettings } from '../../fleet/schema.ts'
import { findOnPath, findPostgresBin } from './binaries.ts'
import type { User } from './data-folder.ts'
import { postgresConfig } from './postgres-config.ts'
import { knowsDefaultUser, redisConfig, withDefaultUser } from './redis-config.ts'
import type { Program } from './service.ts'

/**
 * The programs of PostgreSQL that fit the data: of its own major version once it exists.
 * @throws BookctlError (exit 13) naming the package to install.
 */
export function postgresBin(dataFolder: string): string {
  const newest = findPostgresBin()
  if (!newest)
    throw new BookctlError(
      'postgres-missing',
      'preflight',
      'PostgreSQL 15 or newer is not installed on this host',
      {
        hint: 'Run scripts/services, or install the package postgresql (BOOKCTL_PG_BIN names its bin folder).',
      },
    )
  const versionFile = join(dataFolder, 'postgres', 'data', 'PG_VERSION')
  if (!existsSync(versionFile) || process.env['BOOKCTL_PG_BIN']) return newest
  const major = readFileSync(versionFile, 'utf8').trim()
  const own = `/usr/lib/postgresql/${major}/bin`
  if (existsSync(join(own, 'postgres'))) return own
  if (!newest.startsWith('/usr/lib/postgresql/')) return newest
  throw new BookctlError(
    'postgres-version',
    'preflight',
    `The data of this fleet is of PostgreSQL ${major}, which is not installed`,
    {
      hint: `Install the package postgresql-${major}, or name its bin folder by BOOKCTL_PG_BIN.`,
    },
  )
}

/** @throws BookctlError (exit 13) naming the package to install. */
export function redisBin(): string {
  const bin = findOnPath('redis-server')
  if (bin) return bin
  throw new BookctlError('redis-missing', 'preflight', 'Redis 7 is not installed on this host', {
    hint: 'Run scripts/services, or install the package redis-server.',
  })
}

/** initdb at the first start. Killed half-way it begins anew: only a finished folder gets its final name. */
export async function ensureDatabaseFiles(
  bin: string,
  folder: string,
  user: User,
  password: string,
): Promise<void> {
  const home = join(folder, 'postgres')
  const data = join(home, 'data')
  if (existsSync(data)) return
  const partial = join(home, 'data.partial')
  const passwordFile = join(home, 'password')
  rmSync(partial, { recursive: true, force: true })
  const own = (path: string) => user && chownSync(path, user.uid, user.gid)
  try {
    writeFileSync(passwordFile, password, { mode: 0o600 })
    own(passwordFile)
    const locale = process.platform === 'darwin' ? 'C' : 'C.UTF-8'
    const words = `-U ${ADMIN_USER} -A scram-sha-256 -E UTF8 --locale=${locale} --data-checksums`.split(' ')
    const hint = 'Is the disk full? See the lines above.'
    await run([join(bin, 'initdb'), '-D', partial, ...words, `--pwfile=${passwordFile}`], {
      user,
      cwd: home,
      hint,
    })
    await run([join(bin, 'postgres'), '--single', '-D', partial, 'postgres'], {
      user,
      cwd: home,
      hint,
      stdin: `create database ${DATABASE};\n`,
    })
    renameSync(partial, data)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

const INCLUDE = "include_if_exists = 'bookctl.conf'"

/** Whether the settings that PostgreSQL was started with are those of `fleet.yml`: they are written at every start. */
export function postgresFollows(folder: string, { postgres }: FleetSettings): boolean {
  return (
    postgres.port !== null &&
    readIfThere(postgresConfigFile(folder)) === postgresConfig(postgres, postgres.port)
  )
}

/** The same of Redis, with the password of its admin. Without one in `.env` nothing can be said, or started. */
export function redisFollows(
  folder: string,
  { redis }: FleetSettings,
  password: string | undefined,
): boolean {
  const home = join(folder, 'redis')
  const users = readIfThere(join(home, 'users.acl')) ?? ''
  return (
    redis.port !== null &&
    readIfThere(join(home, 'redis.conf')) === redisConfig(redis, redis.port, home) &&
    (password === undefined || knowsDefaultUser(users, password))
  )
}

const postgresConfigFile = (folder: string) => join(folder, 'postgres', 'data', 'bookctl.conf')
const readIfThere = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)

/** Writes the server's settings from `fleet.yml`, and says how it is started. */
export function postgresProgram(
  bin: string,
  folder: string,
  user: User,
  settings: FleetSettings,
  port: number,
): Program {
  const data = join(folder, 'postgres', 'data')
  const ours = postgresConfigFile(folder)
  writeFileSync(ours, postgresConfig(settings.postgres, port), { mode: 0o600 })
  if (user) chownSync(ours, user.uid, user.gid)
  const main = join(data, 'postgresql.conf')
  const text = readFileSync(main, 'utf8')
  if (!text.includes(INCLUDE))
    writeFileSync(main, `${text}\n# Settings that bookctl makes from fleet.yml.\n${INCLUDE}\n`)
  return { argv: [join(bin, 'postgres'), '-D', data], env: programEnvironment(), cwd: data, user }
}

/** Writes the server's settings and the hash of the admin's password, and says how it is started. */
export function redisProgram(
  folder: string,
  settings: FleetSettings,
  port: number,
  password: string,
): Program {
  const home = join(folder, 'redis')
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const users = join(home, 'users.acl')
  const before = readIfThere(users) ?? ''
  const after = withDefaultUser(before, password)
  if (after !== before) {
    writeFileSync(`${users}.new`, after, { mode: 0o600 })
    renameSync(`${users}.new`, users)
  }
  const config = join(home, 'redis.conf')
  writeFileSync(config, redisConfig(settings.redis, port, home), { mode: 0o600 })
  // Its log shows local time without a zone: make that UTC.
  return { argv: [redisBin(), config], env: { ...programEnvironment(), TZ: 'UTC' }, cwd: home }
}

export async function postgresAnswers(bin: string, port: number): Promise<boolean> {
  try {
    await run([
      join(bin, 'pg_isready'),
      '-q',
      '-h',
      '127.0.0.1',
      '-p',
      String(port),
      '-U',
      ADMIN_USER,
      '-d',
      DATABASE,
      '-t',
      '3',
    ])
    return true
  } catch (error) {
    if (error instanceof BookctlError && error.code === 'program-failed') return false
    throw error
  }
}

/** Logs in and asks for PONG: a Redis that still loads its file, or has another password, does not answer so. */
export function redisAnswers(port: number, password: string): Promise<boolean> {
  return new Promise((resolve) => {
    let text = ''
    const socket = connect({ host: '127.0.0.1', port, timeout: 3000 })
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.on('connect', () => socket.write(command('AUTH', 'default', password) + command('PING')))
    socket.on('data', (chunk) => {
      text += chunk.toString()
      if (text.includes('+PONG')) end(true)
      else if (text.split('\r\n').length > 2) end(false)
    })
    socket.on('error', () => end(false))
    socket.on('timeout', () => end(false))
    socket.on('close', () => end(false))
  })
}

function command(...words: string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`
}
