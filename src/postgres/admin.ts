import { AsyncLocalStorage } from 'node:async_hooks'
import { Socket } from 'node:net'
import pg from 'pg'
import type { Endpoint } from '../engines/engine.ts'
import { BookctlError } from '../errors.ts'
import { serverDiskFull } from '../files/disk-full.ts'
import { ADMIN_USER, DATABASE } from '../fleet/names.ts'

export interface Rows<R> {
  rows: R[]
  rowCount: number
}

/** One session of the admin user. bigint columns arrive as numbers, dates as `YYYY-MM-DD`. */
export interface AdminDb {
  query<R = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<Rows<R>>
  /**
   * Commits when `work` resolves, rolls back when it rejects; inside another transaction it is a savepoint.
   * Only the handle that `work` gets belongs to the transaction: other callers of the session wait for its end.
   */
  transaction<T>(work: (db: AdminDb) => Promise<T>): Promise<T>
  end(): Promise<void>
  /** The backend's pid, as in pg_stat_activity. */
  readonly pid: number
}

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: Parameters<typeof pg.types.getTypeParser>[0], format?: 'text') => {
    if (oid === pg.types.builtins.INT8) return Number
    if (oid === pg.types.builtins.DATE) return String
    return pg.types.getTypeParser(oid, format)
  }) as typeof pg.types.getTypeParser,
}

const CONNECT_MS = 5_000
/** Counting the rows of a large table takes minutes; a server that has frozen takes for ever. */
const ANSWER_MS = 600_000
/** For the server to take leave; the session is over all the same. */
const LEAVE_MS = 2_000

/**
 * Opens one dedicated session as `booking_user` (not a pool: locks and exported snapshots belong to a session).
 * @throws BookctlError `postgres-unreachable` (exit 3), `postgres-password-refused`, `postgres-database-missing` (exit 10).
 */
export async function openAdmin(options: {
  endpoint: Endpoint
  password: string
  database?: string
  applicationName: string
  /** How long one statement may take. */
  answerMs?: number
}): Promise<AdminDb> {
  const { endpoint, password, database = DATABASE, applicationName } = options
  const socket = new Socket()
  const client = new pg.Client({
    host: endpoint.host,
    port: endpoint.port,
    user: ADMIN_USER,
    password,
    database,
    application_name: applicationName,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: options.answerMs ?? ANSWER_MS,
    stream: () => socket,
    types,
  })
  const translate = (error: unknown, working = false) => translated(error, endpoint, database, working)
  // A lost connection is reported here and again by the query that waits; without a listener it would end the process.
  let lost: unknown
  client.on('error', (error) => (lost = error))
  try {
    await client.connect()
  } catch (error) {
    throw translate(error)
  }
  const send: Send = async (sql, values) => {
    if (lost !== undefined) throw translate(lost, true)
    try {
      const result = await client.query(sql, values === undefined ? undefined : [...values])
      return { rows: result.rows as never[], rowCount: result.rowCount ?? 0 }
    } catch (error) {
      throw translate(error, true)
    }
  }
  // The server ends the statement of a program that was killed, instead of going on with it (and with its locks).
  const { rows } = await send<{ pid: number }>(
    `select pg_backend_pid() as pid, set_config('client_connection_check_interval', '1s', false)`,
  )
  return session(send, rows[0]?.pid ?? 0, async () => {
    const timer = setTimeout(() => socket.destroy(), LEAVE_MS)
    await client.end()
    clearTimeout(timer)
  })
}

type Send = <R>(sql: string, values?: readonly unknown[]) => Promise<Rows<R>>

/** Lets one caller at a time use the session, so that nobody's statement lands in another's transaction. */
function session(send: Send, pid: number, end: () => Promise<void>): AdminDb {
  let turn: Promise<unknown> = Promise.resolve()
  const holding = new AsyncLocalStorage<true>()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    if (holding.getStore())
      throw new Error('inside a transaction its own handle must be used: the session is waiting for it')
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return mine
  }
  return {
    pid,
    end,
    query: async (sql, values) => inTurn(() => send(sql, values)),
    transaction: async (work) =>
      inTurn(() =>
        holding.run(true, () =>
          bracket(send, ['begin', 'commit', 'rollback'], () => work(nested(send, pid, 1))),
        ),
      ),
  }
}

function nested(send: Send, pid: number, depth: number): AdminDb {
  const name = `s${depth}`
  return {
    pid,
    end: async () => {
      throw new Error('a transaction cannot end its session')
    },
    query: send,
    transaction: (work) =>
      bracket(send, [`savepoint ${name}`, `release savepoint ${name}`, `rollback to savepoint ${name}`], () =>
        work(nested(send, pid, depth + 1)),
      ),
  }
}

async function bracket<T>(
  send: Send,
  [begin, commit, rollback]: [string, string, string],
  work: () => Promise<T>,
) {
  await send(begin)
  try {
    const result = await work()
    await send(commit)
    return result
  } catch (error) {
    // A dead session has rolled back by itself; what broke it is the error worth telling.
    await send(rollback).catch(() => undefined)
    throw error
  }
}

const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH'])
/** Starting up, shutting down, terminated by an administrator. */
const GONE = new Set(['57P01', '57P02', '57P03', '08006', '08001', '08003'])

function translated(error: unknown, endpoint: Endpoint, database: string, working: boolean): unknown {
  const { code, message } = error as { code?: string; message?: string }
  const at = `${endpoint.host}:${endpoint.port}`
  if (
    (code !== undefined && (NETWORK.has(code) || GONE.has(code))) ||
    /connection terminated|timeout expired|read timeout|not queryable/i.test(message ?? '')
  )
    return new BookctlError(
      'postgres-unreachable',
      'partly',
      `PostgreSQL at ${at} ${working ? 'went away' : 'does not answer'}`,
      {
        hint: working
          ? 'When it is back, run the same command again: it goes on. If it stays away: bookctl up'
          : 'Start the servers with: bookctl up',
        cause: error,
      },
    )
  // What a new session says where its database has no room for a cache file has no code of its own.
  if (code === '53100' || /could not write init file/.test(message ?? ''))
    return serverDiskFull(`PostgreSQL at ${at}`, error)
  if (code === '28P01')
    return new BookctlError(
      'postgres-password-refused',
      'configuration',
      `PostgreSQL at ${at} refused the password of ${ADMIN_USER}`,
      { hint: 'POSTGRES_PASSWORD in .env must be the one that the data folder was made with.', cause: error },
    )
  if (code === '3D000')
    return new BookctlError(
      'postgres-database-missing',
      'configuration',
      `PostgreSQL at ${at} has no database ${database}`,
      { hint: 'Make it with: bookctl up', cause: error },
    )
  return error
}
