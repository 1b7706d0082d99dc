import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Finds an executable on PATH; undefined when there is none. */
export function findOnPath(name: string, path = process.env['PATH'] ?? ''): string | undefined {
  return path
    .split(delimiter)
    .filter(Boolean)
    .map((dir) => join(dir, name))
    .find((file) => existsSync(file))
}

/**
 * The folder with `initdb`, `postgres`, `pg_dump` of the newest PostgreSQL of this host that is 15 or newer
 * (BOOKCTL_PG_BIN names another). Debian keeps the server's programs off PATH. Undefined when there is none.
 */
export function findPostgresBin(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env['BOOKCTL_PG_BIN']) return env['BOOKCTL_PG_BIN']
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian)
    ? readdirSync(debian)
        .map(Number)
        .filter((major) => major >= 15)
    : []
  const folders = versions
    .toSorted((a, b) => b - a)
    .map((major) => join(debian, String(major), 'bin'))
    .filter((dir) => existsSync(join(dir, 'postgres')) && existsSync(join(dir, 'initdb')))
  if (folders[0]) return folders[0]
  const postgres = findOnPath('postgres')
  return postgres ? join(postgres, '..') : undefined
}

/** The user that PostgreSQL runs as when we are root, which it refuses; undefined when we are not root. */
export function unprivilegedUser(name = 'postgres'): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const idOf = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }))
  return { uid: idOf('-u'), gid: idOf('-g') }
}
