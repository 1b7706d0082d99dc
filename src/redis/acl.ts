import { createHash } from 'node:crypto'
import { REDIS_COMMANDS } from '../../bot/contract/sessions.ts'
import { BookctlError } from '../errors.ts'
import type { ClientNames } from '../fleet/names.ts'
import type { RedisAdmin } from './connection.ts'
import { literalPattern } from './keys.ts'

/** The ACL rules of a client: its own prefix and channels, and only the commands that bots use. */
function rulesOf(names: ClientNames, password: string): string[] {
  return ['reset', 'on', passwordRule(password), ...placeRules(names), ...commandRules()]
}

export function passwordRule(password: string): string {
  return `#${createHash('sha256').update(password).digest('hex')}`
}

export function placeRules(names: ClientNames): string[] {
  const prefix = literalPattern(names.keyPrefix)
  return [`~${prefix}*`, `&${prefix}*`]
}

export function commandRules(): string[] {
  return ['-@all', ...REDIS_COMMANDS.map((command) => `+${command}`)]
}

/**
 * Makes the client's ACL user what it should be and saves the ACL file. False when it was so already.
 * @throws BookctlError `redis-acl-not-saved` (exit 13) for a server without an ACL file: its users vanish at a restart;
 * `redis-unreachable` (exit 3) when it was restarted in the middle.
 */
export async function ensureAclUser(
  redis: RedisAdmin,
  names: ClientNames,
  password: string,
): Promise<boolean> {
  const before = await describeUser(redis, names)
  await redis.connection.call('ACL', 'SETUSER', names.redisUser, ...rulesOf(names, password))
  // Saved even when nothing changed: a run before this one may have been killed between the two.
  await save(redis)
  const after = await describeUser(redis, names)
  if (!after?.includes(passwordRule(password).slice(1))) throw restartedMeanwhile(names)
  return before !== after
}

/** Takes the ACL user away and ends its connections. False when there was none. */
export async function removeAclUser(redis: RedisAdmin, names: ClientNames): Promise<boolean> {
  const removed = await redis.connection.call('ACL', 'DELUSER', names.redisUser)
  await save(redis)
  if (await hasAclUser(redis, names)) throw restartedMeanwhile(names)
  return Number(removed) > 0
}

/** A restart between a change of the users and its saving has forgotten the change, and saved that. */
function restartedMeanwhile({ id }: ClientNames): BookctlError {
  return new BookctlError(
    'redis-unreachable',
    'partly',
    `${id}: Redis was restarted while its user was changed`,
    {
      hint: 'Run the same command again: it goes on.',
    },
  )
}

export async function hasAclUser(redis: RedisAdmin, names: ClientNames): Promise<boolean> {
  return (await describeUser(redis, names)) !== undefined
}

async function describeUser(redis: RedisAdmin, names: ClientNames): Promise<string | undefined> {
  const answer = await redis.connection.call('ACL', 'GETUSER', names.redisUser)
  return answer === null ? undefined : JSON.stringify(answer)
}

async function save(redis: RedisAdmin): Promise<void> {
  try {
    await redis.connection.call('ACL', 'SAVE')
  } catch (error) {
    throw new BookctlError(
      'redis-acl-not-saved',
      'preflight',
      `Redis cannot save its users: ${(error as Error).message}`,
      {
        hint: 'The server needs `aclfile FILE` in its configuration, in a folder that it may write. `bookctl up` starts one so.',
        cause: error,
      },
    )
  }
}
