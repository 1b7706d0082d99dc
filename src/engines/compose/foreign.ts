import { BookctlError } from '../../errors.ts'
import type { Fleet } from '../../fleet/fleet.ts'
import { clientNames, fleetNames, POSTGRES, REDIS } from '../../fleet/names.ts'
import { rowsOf } from './containers.ts'
import { docker } from './docker.ts'
import { LABEL, labelColumn } from './words.ts'

/**
 * Containers, networks and volumes under the names of this fleet (and of these clients) that do not carry its label:
 * somebody else made them. Also whatever runs under the fleet's project name without the label.
 */
export async function findForeign(fleet: Fleet, clientIds: readonly string[]): Promise<string[]> {
  const names = fleetNames(fleet.settings.name)
  const services = [POSTGRES, REDIS, ...clientIds.map((id) => clientNames(id).service)]
  const containers = new Set(services.map((service) => names.container(service)))
  const volumes = new Set(Object.values(names.volumes))
  const owner = labelColumn(LABEL.fleet)
  const [containerRows, networkRows, volumeRows] = await Promise.all([
    list(['ps', '--all', '--format', `{{.Names}}\t${owner}\t${labelColumn(LABEL.project)}`]),
    list(['network', 'ls', '--format', `{{.Name}}\t${owner}`]),
    list(['volume', 'ls', '--format', `{{.Name}}\t${owner}`]),
  ])
  const foreign = (rows: readonly string[][], is: (name: string, project: string) => boolean, kind: string) =>
    rows
      .filter(([name = '', label = '', project = '']) => label !== fleet.settings.id && is(name, project))
      .map(([name]) => `${kind} ${name}`)
  return [
    ...foreign(
      containerRows,
      (name, project) => containers.has(name) || project === names.project,
      'container',
    ),
    ...foreign(networkRows, (name) => name === names.network, 'network'),
    ...foreign(volumeRows, (name) => volumes.has(name), 'volume'),
  ]
}

/** The refusal (exit 5) that names what another one than this fleet has made. */
export function foreignThings(foreign: readonly string[]): BookctlError {
  return new BookctlError(
    'not-ours',
    'conflict',
    `Docker has already ${foreign.join(', ')}, which this fleet did not make. Nothing was changed.`,
    {
      hint: 'Give the fleet another name (fleet.yml: name), or look at these and take them away yourself.',
      details: { foreign },
    },
  )
}

async function list(words: readonly string[]): Promise<string[][]> {
  return rowsOf(await docker(words))
}
