import { Redis } from 'ioredis'
import type { Endpoint } from '../engines/engine.ts'
import { BookctlError } from '../errors.ts'

/** A connection of Redis' `default` user. */
export interface RedisAdmin {
  readonly connection: Redis
  end(): Promise<void>
}

/** What ioredis says when the server has gone away under a command. */
const GONE = /^Connection is closed|^Command timed out|^Reached the max retries|ECONNREFUSED|ECONNRESET|EPIPE/

/** A connection that tells in our words that the server went away. */
class Connection extends Redis {
  override sendCommand(...sent: Parameters<Redis['sendCommand']>): unknown {
    const answer = super.sendCommand(...sent)
    if (!(answer instanceof Promise)) return answer
    return answer.catch((error: unknown) => {
      if (!(error instanceof Error) || !GONE.test(error.message)) throw error
      const { host, port } = this.options
      throw new BookctlError('redis-unreachable', 'partly', `Redis at ${host}:${port} went away`, {
        hint: 'When it is back, run the same command again: it goes on. If it stays away: bookctl up',
        cause: error,
      })
    })
  }
}
const CONNECT_MS = 5_000
/** All that bookctl asks of Redis takes milliseconds. */
const ANSWER_MS = 10_000

/**
 * Opens one connection and proves that it answers.
 * @throws BookctlError `redis-unreachable` (exit 3) or `redis-password-refused` (exit 10).
 */
export async function openRedis(options: {
  endpoint: Endpoint
  password: string
  /** How long one command may take. */
  answerMs?: number
}): Promise<RedisAdmin> {
  const { host, port } = options.endpoint
  const connection = new Connection({
    host,
    port,
    password: options.password,
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    commandTimeout: options.answerMs ?? ANSWER_MS,
    maxRetriesPerRequest: 1,
    retryStrategy: (attempt) => (attempt > 3 ? null : attempt * 200),
  })
  let failure: Error | undefined
  connection.on('error', (error: Error) => (failure = error))
  try {
    await connection.connect()
    await connection.ping()
  } catch (error) {
    connection.disconnect()
    const cause = failure ?? error
    if (/WRONGPASS|NOAUTH/.test(String(cause)) || /WRONGPASS|NOAUTH/.test(String(error)))
      throw new BookctlError(
        'redis-password-refused',
        'configuration',
        `Redis at ${host}:${port} refused the password`,
        { hint: 'REDIS_PASSWORD in .env must be the one that the data folder was made with.' },
      )
    throw new BookctlError('redis-unreachable', 'partly', `Redis at ${host}:${port} does not answer`, {
      hint: 'Start the servers with: bookctl up',
      cause,
    })
  }
  return {
    connection,
    // Nothing is on its way any more; a QUIT would wait for a server that is silent.
    end: async () => connection.disconnect(),
  }
}
