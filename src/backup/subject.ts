import { renderValue } from '../env/dotenv.ts'
import { type EnvFile } from '../env/env-file.ts'
import type { Fleet } from '../fleet/fleet.ts'
import type { ClientNames } from '../fleet/names.ts'
import type { ClientDeclaration } from '../fleet/schema.ts'
import type { Manifest, SharedManifest } from './manifest.ts'

/** What a backup is of: one schema, the secrets that belong to it, and what its manifest says of them. */
export interface BackupSubject {
  /** Begins the names of its files: a client's id, or `fleet`. */
  id: string
  schema: string
  folder: string
  /** What its keys in Redis begin with; undefined where it has none of its own. */
  keyPrefix: string | undefined
  /** Lines of `.env`, so that a person can decrypt them straight into the file. */
  secrets: string
  about: Pick<Manifest, 'kind' | 'client' | 'declaration'> | Pick<SharedManifest, 'kind' | 'settings'>
}

/** Name of the shared schema, of its backups, and of their folder: no client's id can be the same. */
export const SHARED = 'fleet'

/** A client as it is backed up. Its generated passwords stay out: a restore makes new ones. */
export function clientSubject(
  folder: string,
  names: ClientNames,
  declaration: ClientDeclaration,
  env: EnvFile,
): BackupSubject {
  const { id, uuid, title } = declaration
  const { token, adminIds, sentryDsn } = names.env
  return {
    id: names.id,
    schema: names.schema,
    folder,
    keyPrefix: names.keyPrefix,
    secrets: linesOf(env, [token, adminIds, sentryDsn]),
    about: { kind: 'client', client: { id, uuid, title }, declaration },
  }
}

/** Schema `fleet` with fleet.yml and all of `.env`: with these and the clients' backups a lost machine comes back. */
export function sharedSubject(fleet: Fleet, settings: string, env: EnvFile): BackupSubject {
  return {
    id: SHARED,
    schema: SHARED,
    folder: fleet.paths.sharedBackups,
    keyPrefix: undefined,
    secrets: linesOf(env, env.names()),
    about: { kind: 'shared', settings },
  }
}

function linesOf(env: EnvFile, names: readonly string[]): string {
  return names.map((name) => `${name}=${renderValue(env.get(name) ?? '')}\n`).join('')
}
