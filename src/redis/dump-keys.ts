import type { RedisAdmin } from './connection.ts'
import { keyPages } from './keys.ts'

/** A key with its value, as the server itself dumps it. */
export interface DumpedKey {
  key: Buffer
  /** What DUMP has answered; only RESTORE can read it. */
  payload: Buffer
  /** Milliseconds since 1970; 0 for a key that never ends. */
  expiresAt: number
}

/** Keys on the way at once. The commands of one connection do not wait for each other's answers. */
export const KEYS_AT_ONCE = 200

/** Every key that begins with `prefix`, literally, some at a time. What ends meanwhile is left out. */
export async function* dumpKeys(redis: RedisAdmin, prefix: string): AsyncGenerator<DumpedKey[]> {
  const { connection } = redis
  for await (const keys of keyPages(redis, prefix))
    for (let at = 0; at < keys.length; at += KEYS_AT_ONCE) {
      const dumped = keys.slice(at, at + KEYS_AT_ONCE).map(async (key): Promise<DumpedKey[]> => {
        const [payload, expiresAt] = await Promise.all([
          connection.dumpBuffer(key),
          connection.pexpiretime(key),
        ])
        const gone = payload === null || expiresAt === -2
        return gone ? [] : [{ key, payload, expiresAt: Math.max(expiresAt, 0) }]
      })
      yield (await Promise.all(dumped)).flat()
    }
}

/** Puts keys in the place of those of the same name. Answers how many: one whose time is over by the server's clock is not made. */
export async function restoreKeys({ connection }: RedisAdmin, keys: readonly DumpedKey[]): Promise<number> {
  const [seconds = 0, micros = 0] = await connection.time()
  const now = seconds * 1000 + micros / 1000
  const living = keys.filter(({ expiresAt }) => expiresAt === 0 || expiresAt > now)
  await Promise.all(
    living.map(({ key, payload, expiresAt }) =>
      connection.restore(key, expiresAt, payload, 'REPLACE', 'ABSTTL'),
    ),
  )
  return living.length
}

/** True for what the server has answered, and not for a server that does not answer. */
export function isRefusal(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError'
}
