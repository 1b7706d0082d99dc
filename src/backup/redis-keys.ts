import { BookctlError } from '../errors.ts'
import {
  type DumpedKey,
  dumpKeys,
  isRefusal,
  KEYS_AT_ONCE,
  type RedisAdmin,
  restoreKeys,
} from '../redis/admin.ts'
import { type ArchiveKey, openArchive, type WrittenArchive, writeArchive } from './archive-file.ts'
import { damaged } from './damaged.ts'
import { keyCommand, readKeyCommands } from './key-commands.ts'
import { type AnySet, ownerOf } from './sets.ts'

/** What the manifest says of the keys of a backup, but for the name of their file. */
export interface WrittenKeys extends WrittenArchive {
  count: number
  /** Version of the server that dumped them: an older one may not read them. */
  server: string
}

/** Writes the keys of a prefix as they are now, encrypted where there are recipients. Some of them at a time are in memory. */
export async function writeKeys(
  path: string,
  redis: RedisAdmin,
  prefix: string,
  recipients: readonly string[],
): Promise<WrittenKeys> {
  const server = /redis_version:(\S+)/.exec(await redis.connection.info('server'))?.[1] ?? 'unknown'
  let count = 0
  async function* commands() {
    for await (const keys of dumpKeys(redis, prefix)) {
      count += keys.length
      yield Buffer.concat(keys.map(keyCommand))
    }
  }
  const written = await writeArchive(path, commands(), recipients)
  return { ...written, count, server }
}

/**
 * Reads the keys of a backup to their end, some at a time.
 * @throws BookctlError `backup-damaged` (exit 14) for what is not as the manifest says; exit 12 without the key.
 */
export async function* readKeys(set: AnySet, key: ArchiveKey): AsyncGenerator<DumpedKey[]> {
  const { stream, compare } = await openArchive(set, key, 'keys')
  const wrong = (what: string, cause?: unknown) => damaged(set, what, cause, set.keys)
  let count = 0
  let some: DumpedKey[] = []
  try {
    for await (const one of readKeyCommands(stream as AsyncIterable<Buffer>)) {
      count += 1
      some.push(one)
      if (some.length < KEYS_AT_ONCE) continue
      yield some
      some = []
    }
  } catch (error) {
    throw wrong((error as Error).message, error)
  } finally {
    stream.destroy()
  }
  await compare()
  const expected = set.data.keys?.count
  if (count !== expected) throw wrong(`it holds ${count} keys, the manifest says ${expected}`)
  yield some
}

/** How many keys were made, and how many were not because their time is over. */
export interface LoadedKeys {
  restored: number
  over: number
}

/**
 * Makes the keys of a backup again, each for the rest of its time. May be repeated.
 * @throws BookctlError `keys-refused` (exit 3) where the server does not take them; as `readKeys`.
 */
export async function loadKeys(
  set: AnySet,
  key: ArchiveKey,
  redis: RedisAdmin,
  prefix: string,
): Promise<LoadedKeys> {
  const loaded = { restored: 0, over: 0 }
  const own = Buffer.from(prefix)
  for await (const keys of readKeys(set, key)) {
    if (!keys.every((one) => one.key.subarray(0, own.length).equals(own)))
      throw damaged(set, `it holds keys that do not begin with ${prefix}`, undefined, set.keys)
    const restored = await restoreKeys(redis, keys).catch((error: unknown) => {
      throw isRefusal(error) ? refused(set, error) : error
    })
    loaded.restored += restored
    loaded.over += keys.length - restored
  }
  return loaded
}

/** A newer server dumps in a form that an older one does not know. */
function refused(set: AnySet, cause: Error): BookctlError {
  const id = ownerOf(set)
  return new BookctlError(
    'keys-refused',
    'partly',
    `${id}: Redis refuses the keys in ${set.keys}, which Redis ${set.data.keys?.server} has dumped: ${cause.message}. The data is restored.`,
    { hint: `Go on without the keys: bookctl restore ${id} ${set.name} --confirm ${id}`, cause },
  )
}
