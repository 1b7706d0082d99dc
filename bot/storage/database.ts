import pg from 'pg'
import type { Logger } from 'pino'

export type Row = Record<string, unknown>

/** A transaction in progress, or anything else that runs one statement. */
export interface Tx {
  query<R extends Row = Row>(
    sql: string,
    values?: readonly unknown[],
  ): Promise<{ rows: R[]; rowCount: number }>
}

/** One client's database: its role, its schema. */
export interface Database extends Tx {
  /** Runs `work` in a transaction; deadlocks and serialization failures are tried again, so `work` must be repeatable. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export interface DatabaseOptions {
  connectionString: string
  maxConnections: number
  applicationName: string
  log: Logger
}

const ATTEMPTS = 4
const CONNECT_TIMEOUT_MS = 5_000
/** Longer than the role's statement_timeout (30 s): only a server that has vanished without a word takes so long. */
const QUERY_TIMEOUT_MS = 40_000

/**
 * Opens a pool. Ids and Telegram ids (int8) come as numbers, which hold them exactly up to 2^53; `date` comes as
 * `YYYY-MM-DD`, `time` as `HH:MM`, `timestamptz` as Date.
 */
export function createDatabase({
  connectionString,
  maxConnections,
  applicationName,
  log,
}: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString,
    max: maxConnections,
    application_name: applicationName,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    types: { getTypeParser },
  })
  const lost = (error: Error) =>
    log.debug({ event: 'database_connection_lost', code: sqlState(error) ?? error.message })
  // A broken connection whose error nobody hears ends the process; the next query on it reports the outage. The pool
  // hears of idle ones only: while a connection changes hands, it has no listener but its own.
  pool.on('error', lost)
  pool.on('connect', (client) => void client.on('error', lost))

  async function once<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await pool.connect()
    let broken: Error | undefined
    // A server that goes away tells the client object and not only the query that waits.
    const onError = (error: Error) => {
      broken = error
    }
    client.on('error', onError)
    try {
      await client.query('begin')
      const result = await work(asTx(client))
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback').catch((cause: Error) => {
        broken = cause
      })
      throw error
    } finally {
      client.off('error', onError)
      client.release(broken)
    }
  }

  return {
    ...asTx(pool),
    async transaction(work) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await once(work)
        } catch (error) {
          const state = sqlState(error)
          if ((state !== '40P01' && state !== '40001') || attempt === ATTEMPTS) throw error
          log.info({ event: 'transaction_retried', state, attempt })
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 50 * attempt))
        }
      }
    },
    close: () => pool.end(),
  }
}

function asTx(client: pg.Pool | pg.PoolClient): Tx {
  return {
    async query<R extends Row>(sql: string, values: readonly unknown[] = []) {
      const result = await client.query<R>(sql, [...values])
      return { rows: result.rows, rowCount: result.rowCount ?? 0 }
    },
  }
}

function getTypeParser(oid: number, format?: 'text' | 'binary') {
  switch (oid) {
    case pg.types.builtins.INT8:
      return Number
    case pg.types.builtins.DATE:
      return String
    case pg.types.builtins.TIME:
      return (text: string) => text.slice(0, 5)
    default:
      return pg.types.getTypeParser(oid, format ?? 'text')
  }
}

/** Runs `work` so that its failure undoes only itself and not the whole transaction. */
export async function savepoint<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  // Savepoints of one name nest: the innermost is meant.
  await tx.query('savepoint attempt')
  try {
    const result = await work()
    await tx.query('release savepoint attempt')
    return result
  } catch (error) {
    await tx.query('rollback to savepoint attempt')
    throw error
  }
}

/** Waits for whoever holds the lock of this name, and holds it until the transaction ends. */
export async function lockByName(tx: Tx, name: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [name])
}

/** SQLSTATE of an error of PostgreSQL, or the code of a network error; undefined for anything else. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : undefined
}

export function violates(error: unknown, constraint: string): boolean {
  return (error as { constraint?: unknown } | null)?.constraint === constraint
}

/** How pg words a connection that broke or never stood; these errors carry no code. */
const CONNECTION_LOST =
  /^Connection terminated|timeout exceeded when trying to connect|not queryable|Query read timeout|pool after calling end/i

/** True when the database could not be asked at all: the work may be tried again when it is back. */
export function isOutage(error: unknown): boolean {
  const code = sqlState(error)
  if (code === undefined) return error instanceof Error && CONNECTION_LOST.test(error.message)
  // 08 connection, 53 no resources, 57P0x shutting down or starting up, 25006 a standby, 25P03 idle for too long.
  return /^(08|53|57P0|25006|25P03)/.test(code) || /^(E[A-Z]+|EAI_AGAIN)$/.test(code)
}
