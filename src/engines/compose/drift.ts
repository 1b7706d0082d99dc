import { join } from 'node:path'
import { readIfExists } from '../../files/atomic.ts'
import { listDeclarations } from '../../fleet/clients.ts'
import type { Fleet } from '../../fleet/fleet.ts'
import { clientIdOfService, clientNames, fleetNames, POSTGRES, REDIS } from '../../fleet/names.ts'
import type { ClientDeclaration } from '../../fleet/schema.ts'
import { type EngineDrift, isUp } from '../engine.ts'
import { type Container, listContainers } from './containers.ts'
import { docker } from './docker.ts'
import { planFiles } from './files.ts'
import { hasImage, imagesOf } from './images.ts'
import { composeWords, MERGED_FILE } from './words.ts'

/**
 * Compares files and containers with the declarations: one listing of Docker and one reading of the merged file by
 * Compose, however many clients. Compose's own hash of a service tells whether a container is as declared, so what a
 * person starts by `docker compose up -d` counts as well.
 */
export async function findDrift(fleet: Fleet): Promise<EngineDrift> {
  const images = await imagesOf(fleet)
  const declarations = await listDeclarations(fleet)
  const [files, containers, built] = await Promise.all([
    planFiles(fleet, { images, declarations }),
    listContainers(fleetNames(fleet.settings.name).project),
    hasImage(images.bot),
  ])
  const planned = files.find(({ path }) => path === MERGED_FILE)?.after
  const text = planned ?? (await readIfExists(join(fleet.dir, MERGED_FILE))) ?? ''
  const hashes = await serviceHashes(fleet, text)
  return {
    files,
    shared: [
      ...(built ? [] : [{ what: `image ${images.bot}`, why: 'it is not built' }]),
      ...[POSTGRES, REDIS].flatMap((service) => {
        const why = sharedReason(
          containers.find((one) => one.service === service),
          hashes.get(service),
        )
        return why === undefined ? [] : [{ what: service, why }]
      }),
    ],
    bots: planBots(declarations, containers, hashes),
  }
}

/** Compose's hash of every service in the text, by its name. */
async function serviceHashes(fleet: Fleet, text: string): Promise<Map<string, string>> {
  const words = composeWords(fleet.settings.name, ['-'], 'config', '--hash', '*')
  const answer = await docker(words, { cwd: fleet.dir, stdin: text })
  const pairs = answer.split('\n').map((line) => line.trim().split(/\s+/))
  return new Map(pairs.flatMap(([service, hash]) => (service && hash ? [[service, hash] as const] : [])))
}

function sharedReason(container: Container | undefined, hash: string | undefined): string | undefined {
  if (!container || container.state !== 'running') return 'it does not run'
  return container.configHash === hash ? undefined : 'its settings have changed'
}

/** What must happen to the bots, so that each is as its declaration says. */
export function planBots(
  declarations: readonly ClientDeclaration[],
  containers: readonly Container[],
  hashes: ReadonlyMap<string, string>,
): EngineDrift['bots'] {
  const byService = new Map(containers.map((one) => [one.service, one]))
  const declared = new Set(declarations.map(({ id }) => id))
  const bots = declarations.flatMap(({ id: clientId, run }): EngineDrift['bots'] => {
    const container = byService.get(clientNames(clientId).service)
    const runs = isUp(container?.state)
    if (!run)
      return runs ? [{ clientId, change: 'stop', why: 'it is declared to be stopped (run: false)' }] : []
    if (!container) return [{ clientId, change: 'start', why: 'its container is missing' }]
    if (!runs) return [{ clientId, change: 'start', why: 'it does not run' }]
    const asDeclared = container.configHash === hashes.get(container.service)
    return asDeclared
      ? []
      : [{ clientId, change: 'restart', why: 'its settings have changed since it was started' }]
  })
  const undeclared = containers.flatMap(({ service }): EngineDrift['bots'] => {
    const clientId = clientIdOfService(service)
    if (clientId === undefined || declared.has(clientId)) return []
    return [{ clientId, change: 'remove', why: 'it has a container and no declaration' }]
  })
  return [...bots, ...undeclared]
}
