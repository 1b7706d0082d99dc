import { BookctlError } from '../errors.ts'
import { readIfExists, writeFileAtomic } from '../files/atomic.ts'
import { withFileLock } from '../fleet/file-lock.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { registerSecret } from '../secrets/redact.ts'
import { parse, removeEntries, setEntries } from './dotenv.ts'

/** The values of a fleet's `.env` as they were when it was read. */
export interface EnvFile {
  get(name: string): string | undefined
  names(): string[]
}

// Admin ids and addresses are no secrets; blotting them out would make messages useless.
const SECRET_NAME = /TOKEN|PASSWORD|SECRET|PROXY|DSN|KEY|DEAD_MAN/

/** Reads `.env`; every secret in it is known to `redact` from then on. A missing file has no values. */
export async function readEnvFile(fleet: Pick<Fleet, 'paths'>): Promise<EnvFile> {
  const values = parse((await readIfExists(fleet.paths.env)) ?? '')
  for (const [name, value] of values) if (SECRET_NAME.test(name)) registerSecret(value)
  return {
    get: (name) => values.get(name) || undefined,
    names: () => [...values.keys()],
  }
}

/** @throws BookctlError (exit 10) naming the variable that is missing or empty. */
export function requireEnv(file: EnvFile, name: string): string {
  const value = file.get(name)
  if (value === undefined)
    throw new BookctlError('secret-missing', 'configuration', `${name} is missing in .env`, {
      hint: `Add the line ${name}=… to .env of the fleet.`,
    })
  return value
}

/** Changes `.env` under the fleet's file lock, atomically; a new file gets mode 0600. Writes nothing when nothing changes. */
export async function updateEnvFile(
  fleet: Fleet,
  change: { set?: Record<string, string>; remove?: string[]; heading?: string },
): Promise<void> {
  const heading = change.heading === undefined ? {} : { heading: change.heading }
  await withFileLock(fleet, async () => {
    const text = (await readIfExists(fleet.paths.env)) ?? ''
    const removed = removeEntries(text, change.remove ?? [], heading)
    const changed = setEntries(removed, change.set ?? {}, heading)
    if (changed !== text) await writeFileAtomic(fleet.paths.env, changed, { mode: 0o600 })
  })
  for (const [name, value] of Object.entries(change.set ?? {}))
    if (SECRET_NAME.test(name)) registerSecret(value)
}
