import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { BookctlError } from '../errors.ts'
import { readIfExists, writeFileAtomic } from '../files/atomic.ts'
import { withFileLock } from './file-lock.ts'
import { type FleetPaths, fleetPaths } from './paths.ts'
import { type FleetSettings, fleetSettingsSchema } from './schema.ts'
import { parseYaml, setYamlScalar } from './yaml.ts'

/** A fleet folder that was read and found valid. */
export interface Fleet {
  readonly dir: string
  readonly settings: FleetSettings
  readonly paths: FleetPaths
}

/** The fleet folder at or above `from`; undefined when there is none up to the root. */
export function findFleetDir(from: string): string | undefined {
  for (let dir = resolve(from); ; dir = dirname(dir)) {
    if (existsSync(join(dir, 'fleet.yml'))) return dir
    if (dirname(dir) === dir) return undefined
  }
}

/**
 * Reads `fleet.yml` of a fleet folder.
 * @throws BookctlError (exit 4) where there is none; (exit 10) with all its mistakes where it is wrong.
 */
export async function loadFleet(dir: string): Promise<Fleet> {
  const paths = fleetPaths(resolve(dir))
  const text = await readIfExists(paths.settings)
  if (text === undefined)
    throw new BookctlError('fleet-not-found', 'notFound', `There is no fleet.yml in ${resolve(dir)}`, {
      hint: 'Make a fleet with: bookctl init',
    })
  const settings = parseYaml(text, fleetSettingsSchema, { file: 'fleet.yml', root: [] })
  return { dir: resolve(dir), settings, paths }
}

/** Keeps the ports that were picked at the first `up` in fleet.yml; comments and everything else stay. */
export async function saveFleetPorts(
  fleet: Fleet,
  ports: { postgres: number; redis: number },
): Promise<Fleet> {
  await withFileLock(fleet, async () => {
    const text = (await readIfExists(fleet.paths.settings)) ?? ''
    let changed = setYamlScalar(text, ['postgres', 'port'], ports.postgres)
    changed = setYamlScalar(changed, ['redis', 'port'], ports.redis)
    if (changed !== text) await writeFileAtomic(fleet.paths.settings, changed)
  })
  return loadFleet(fleet.dir)
}
