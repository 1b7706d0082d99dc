import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { LocalLayout } from './layout.ts'

export type User = { uid: number; gid: number } | undefined

/** Where data goes that PostgreSQL's own user could not reach inside the fleet folder. */
const ELSEWHERE = '/var/lib/bookctl'

/**
 * The folder of the servers' data, picked once and recorded: inside the fleet folder, or, when `user` cannot
 * pass through it (the fleet of root), below /var/lib/bookctl under a name of its own.
 */
export function ensureDataFolder(layout: LocalLayout, user: User): string {
  const folder = findDataFolder(layout) ?? pickFolder(layout, user)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (user) for (const path of [folder, dirname(folder)]) if (isOurs(path, layout)) chmodSync(path, 0o711)
  for (const name of ['postgres', 'redis']) {
    const path = join(folder, name)
    mkdirSync(path, { recursive: true, mode: 0o700 })
    if (user && name === 'postgres') chownSync(path, user.uid, user.gid)
  }
  return folder
}

/** The recorded folder; undefined before the first start. */
export function findDataFolder(layout: LocalLayout): string | undefined {
  if (!existsSync(layout.dataRecord)) return undefined
  return (JSON.parse(readFileSync(layout.dataRecord, 'utf8')) as { folder: string }).folder
}

export function deleteDataFolder(layout: LocalLayout): void {
  const folder = findDataFolder(layout)
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
  rmSync(layout.dataRecord, { force: true })
}

function pickFolder(layout: LocalLayout, user: User): string {
  const reachable = user === undefined || canPass(dirname(layout.data), user)
  const folder = reachable ? layout.data : join(ELSEWHERE, randomBytes(8).toString('hex'))
  // Recorded before it exists: a folder that nobody knows of could never be deleted.
  writeFileSync(layout.dataRecord, `${JSON.stringify({ folder })}\n`, { mode: 0o600 })
  return folder
}

/** Permissions are widened only on folders that bookctl made. */
function isOurs(path: string, layout: LocalLayout): boolean {
  return path === layout.data || path.startsWith(ELSEWHERE)
}

function canPass(folder: string, user: { uid: number; gid: number }): boolean {
  const { mode, uid, gid } = statSync(folder)
  const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
  const parent = dirname(folder)
  return (mode & bit) !== 0 && (parent === folder || canPass(parent, user))
}
