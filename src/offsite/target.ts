import type { EnvFile } from '../env/env-file.ts'
import type { OffsiteSettings } from '../fleet/offsite-settings.ts'

/** A place off this machine. Keys are `client_anna/FILE`; nothing is ever removed from it. */
export interface OffsiteTarget {
  /** Files in a folder, by name, but none that is half written; no folder: none. `''` lists the folders. */
  list(folder: string): Promise<string[]>
  /** Copies a file there. It has its name when it is whole, and not before. */
  put(key: string, file: string): Promise<void>
  /** Copies a file here, as it is read there. */
  get(key: string, file: string): Promise<void>
}

/** Which place it is, for people and for the note beside a backup. */
export function placeOf(settings: OffsiteSettings): string {
  if (settings.type === 'directory') return settings.path
  if (settings.type === 'ssh') {
    const user = settings.user === null ? '' : `${settings.user}@`
    return `ssh://${user}${settings.host}:${settings.port}/${settings.path}`
  }
  const { endpoint, region, bucket, prefix } = settings
  return `s3://${bucket}/${prefix} (${endpoint ?? region})`
}

/**
 * Opens the place. What each of them needs is loaded here, for the SDK is large.
 * @throws BookctlError (exit 10) where its keys are missing in `.env`.
 */
export async function openTarget(settings: OffsiteSettings, env: EnvFile): Promise<OffsiteTarget> {
  if (settings.type === 'directory') return (await import('./directory.ts')).directoryTarget(settings)
  if (settings.type === 'ssh') return (await import('./ssh.ts')).sshTarget(settings)
  return (await import('./s3.ts')).s3Target(settings, env)
}
