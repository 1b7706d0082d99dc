import type { ClientNames } from '../fleet/names.ts'
import { commandRules, passwordRule, placeRules } from './acl.ts'
import type { RedisAdmin } from './connection.ts'

/** Rules that say nothing about what a user may do: Redis shows them with every user. */
const SILENT = new Set(['sanitize-payload', 'resetchannels'])
/** No client's user is called so: ids hold no colon. */
const REFERENCE = 'bookctl:reference'

/** All ACL users, as Redis shows them. */
export interface AclUsers {
  rules: Map<string, string[]>
  /** What Redis of this version makes of a client's command rules: it shows them rewritten, each version in its own way. */
  commands: string[]
}

/**
 * All ACL users by one call. The user that shows how Redis writes our command rules may not log in, and lives only
 * inside the transaction: nobody ever sees it, and no kill can leave it behind.
 */
export async function readAclUsers(redis: RedisAdmin): Promise<AclUsers> {
  const answers = await redis.connection
    .multi()
    .call('ACL', 'SETUSER', REFERENCE, 'reset', 'off', ...commandRules())
    .call('ACL', 'LIST')
    .call('ACL', 'DELUSER', REFERENCE)
    .exec()
  const [error, lines] = answers?.[1] ?? []
  if (error || lines === undefined) throw error ?? new Error('Redis answered nothing to ACL LIST')
  const rules = new Map(
    (lines as string[]).map((line) => {
      const [, name = '', ...tokens] = line.split(' ')
      return [name, tokens.filter((token) => !SILENT.has(token))]
    }),
  )
  const commands = rules.get(REFERENCE)?.filter((rule) => rule !== 'off') ?? []
  rules.delete(REFERENCE)
  return { rules, commands }
}

/** What of a client's ACL user is not as `ensureAclUser` makes it. Pure. */
export function aclDrift(users: AclUsers, names: ClientNames, password: string | undefined): string[] {
  const rules = users.rules.get(names.redisUser)
  if (!rules) return ['is missing']
  const passwords = rules.filter(isPassword)
  const expected = ['on', ...placeRules(names), ...users.commands]
  const wrongPassword = password !== undefined && passwords.join() !== passwordRule(password)
  return [
    // Not even the hash of a password is shown.
    ...(wrongPassword ? ['password is not that of .env'] : []),
    ...expected.filter((rule) => !rules.includes(rule)).map((rule) => `lacks ${rule}`),
    ...rules.filter((rule) => !isPassword(rule) && !expected.includes(rule)).map((rule) => `has ${rule}`),
  ]
}

const isPassword = (rule: string) => rule.startsWith('#') || rule === 'nopass'
