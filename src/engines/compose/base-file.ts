import type { Fleet } from '../../fleet/fleet.ts'
import type { Images } from './images.ts'

/** Redis may need twice its data while it rewrites its file, and some for itself. Mebibytes. */
const REDIS_AIR_MB = 128

/**
 * The fleet's own copy of the shared stack: the template's `${BOOKCTL_…:-default}` replaced by what `fleet.yml` says.
 * References to `.env` stay: Compose fills them in.
 */
export function renderBase(fleet: Fleet, template: string, images: Images): string {
  const { name, id, postgres, redis } = fleet.settings
  const values: Record<string, string | number | null> = {
    FLEET: name,
    FLEET_ID: id,
    BOT_IMAGE: images.bot,
    POSTGRES_IMAGE: images.postgres,
    REDIS_IMAGE: images.redis,
    POSTGRES_PORT: postgres.port,
    POSTGRES_MAX_CONNECTIONS: postgres.maxConnections,
    POSTGRES_SHARED_BUFFERS: postgres.sharedBuffers,
    POSTGRES_MEMORY: postgres.memory,
    REDIS_PORT: redis.port,
    REDIS_MAX_MEMORY: redis.maxMemory.toLowerCase(),
    REDIS_MEMORY: `${2 * megabytes(redis.maxMemory) + REDIS_AIR_MB}MB`,
  }
  // The template's own introduction is for whoever edits the template.
  const body = template.replace(/^(#[^\n]*\n)+/, '')
  return body.replaceAll(/\$\{BOOKCTL_([A-Z_]+)(?::-([^}]*))?\}/g, (whole, key: string, fallback?: string) =>
    String(values[key] ?? fallback ?? whole),
  )
}

function megabytes(size: string): number {
  const [, amount = '0', unit = 'MB'] = /^(\d+)(kB|MB|GB)$/.exec(size) ?? []
  return Math.ceil(Number(amount) * { kB: 1 / 1024, MB: 1, GB: 1024 }[unit as 'kB' | 'MB' | 'GB'])
}
