import type { RedisAdmin } from './connection.ts'

/** Keys looked at by one SCAN: large enough to be fast, small enough that no call holds the server for over 3 ms. */
const PAGE = 2000

/** The text as a glob pattern that matches nothing but itself. */
export function literalPattern(text: string): string {
  return text.replaceAll(/[\\*?[\]^-]/g, String.raw`\$&`)
}

/**
 * All keys, or those that begin with a prefix, literally. Bytes, for a key need not be text. One that is there from the
 * beginning to the end comes at least once, and twice when the server resizes its table meanwhile.
 */
export async function* keyPages(redis: RedisAdmin, prefix = ''): AsyncGenerator<Buffer[]> {
  const match = prefix === '' ? [] : ['MATCH', `${literalPattern(prefix)}*`]
  const wanted = Buffer.from(prefix)
  let cursor = '0'
  do {
    const [next, keys] = (await redis.connection.callBuffer('SCAN', cursor, ...match, 'COUNT', PAGE)) as [
      Buffer,
      Buffer[],
    ]
    cursor = next.toString()
    // The second wall: should the pattern ever be wrong, nothing foreign is touched.
    const own = keys.filter((key) => key.subarray(0, wanted.length).equals(wanted))
    if (own.length > 0) yield own
  } while (cursor !== '0')
}

/**
 * Deletes every key that begins with `prefix`, literally, without ever blocking the server. Returns how many.
 * Stop the writers first: a second pass takes what appeared during the first, nothing waits for the rest.
 */
export async function purgePrefix(redis: RedisAdmin, prefix: string): Promise<number> {
  if (prefix === '') throw new Error('an empty prefix would delete the keys of everybody')
  let total = 0
  for (let pass = 0; pass < 10; pass++) {
    let found = 0
    for await (const keys of keyPages(redis, prefix)) found += await redis.connection.unlink(...keys)
    total += found
    if (found === 0) break
  }
  return total
}

/** How many keys each prefix has, in one pass over the server. Prefixes end with a colon, which ids cannot hold. */
export async function countKeys(
  redis: RedisAdmin,
  prefixes: readonly string[],
): Promise<Map<string, number>> {
  const counts = new Map(prefixes.map((prefix) => [prefix, 0]))
  // SCAN may return a key twice while the table is resized.
  const seen = new Set<string>()
  for await (const keys of keyPages(redis))
    for (const key of keys.map((one) => one.toString('latin1'))) {
      const prefix = key.slice(0, key.indexOf(':') + 1)
      const count = counts.get(prefix)
      if (count === undefined || seen.has(key)) continue
      seen.add(key)
      counts.set(prefix, count + 1)
    }
  return counts
}

export async function hasKeys(redis: RedisAdmin, prefix: string): Promise<boolean> {
  for await (const _ of keyPages(redis, prefix)) return true
  return false
}
