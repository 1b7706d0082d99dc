/** What bookctl does with Redis, as its `default` user. */

export { ensureAclUser, hasAclUser, removeAclUser } from './acl.ts'
export { type AclUsers, aclDrift, readAclUsers } from './acl-drift.ts'
export { openRedis, type RedisAdmin } from './connection.ts'
export { type DumpedKey, dumpKeys, isRefusal, KEYS_AT_ONCE, restoreKeys } from './dump-keys.ts'
export { countKeys, hasKeys, purgePrefix } from './keys.ts'
