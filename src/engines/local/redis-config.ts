import { createHash } from 'node:crypto'
import type { FleetSettings } from '../../fleet/schema.ts'

/** Redis reads a path in double quotes with backslash escapes. */
const quoted = (path: string) => `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

/** `redis.conf` of the fleet. It holds no password: users are in the ACL file, as hashes. */
export function redisConfig(settings: FleetSettings['redis'], port: number, folder: string): string {
  return `# Written by bookctl at every start from fleet.yml; edits here are lost.

# Only programs of this host.
bind 127.0.0.1
port ${port}
protected-mode yes
tcp-keepalive 60
timeout 0

# Users and what they may do. requirepass would be ignored beside an ACL file.
aclfile ${quoted(`${folder}/users.acl`)}

# What a crash may cost: one second of dialogue state.
dir ${quoted(folder)}
appendonly yes
appendfsync everysec
save ""

# fleet.yml: redis.maxMemory. All keys of bots have a TTL: a full Redis gives up stale dialogues first.
maxmemory ${settings.maxMemory.toLowerCase()}
maxmemory-policy volatile-ttl
lazyfree-lazy-eviction yes
lazyfree-lazy-expire yes

daemonize no
pidfile ${quoted(`${folder}/redis.pid`)}
logfile ""
loglevel notice
always-show-logo no
`
}

const hashOf = (password: string) => createHash('sha256').update(password).digest('hex')

/** Whether the admin user `default` of an ACL file has this password. */
export function knowsDefaultUser(aclFile: string, password: string): boolean {
  return aclFile
    .split('\n')
    .some((line) => line.startsWith('user default ') && line.includes(`#${hashOf(password)}`))
}

/**
 * The ACL file with the password of the admin user `default` as given, as a hash. Lines of other users are kept:
 * Redis itself writes them at `ACL SAVE`.
 */
export function withDefaultUser(aclFile: string, password: string): string {
  const others = aclFile.split('\n').filter((line) => line !== '' && !line.startsWith('user default '))
  return `${[`user default on sanitize-payload #${hashOf(password)} ~* &* +@all`, ...others].join('\n')}\n`
}
