import { BookctlError } from '../../errors.ts'
import { POSTGRES, REDIS } from '../../fleet/names.ts'
import type { RunState, ServiceState } from '../engine.ts'
import { docker } from './docker.ts'
import { LABEL, labelColumn, listWords } from './words.ts'

/** A container of this fleet's project, as `docker ps` lists it. */
export interface Container {
  id: string
  name: string
  service: string
  state: RunState
  /** Compose's hash of the service that the container was made from. */
  configHash: string
  /** The image's name as it was given, and what the fleet's label says. */
  image: string
  fleetId: string
}

const COLUMNS = [
  '{{.ID}}',
  '{{.Names}}',
  labelColumn(LABEL.service),
  '{{.State}}',
  labelColumn(LABEL.configHash),
  '{{.Image}}',
  labelColumn(LABEL.fleet),
]

/** All containers of a project; of one service where it is named. */
export async function listContainers(project: string, service?: string): Promise<Container[]> {
  return parseContainers(await docker(listWords(project, COLUMNS, service)))
}

export function parseContainers(listing: string): Container[] {
  return rowsOf(listing).map(
    ([id = '', name = '', service = '', state = '', configHash = '', image = '', fleetId = '']) => ({
      id,
      name,
      service,
      state: stateOf(state),
      configHash,
      image,
      fleetId,
    }),
  )
}

/** Lines of tab-separated columns. */
export function rowsOf(listing: string): string[][] {
  return listing
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'))
}

/** Docker's words in ours. A paused container holds its poller's connection: it runs. */
function stateOf(state: string): RunState {
  if (state === 'running' || state === 'paused') return 'running'
  return state === 'restarting' ? 'restarting' : 'exited'
}

/** The states of a project's services, or of one of them; PostgreSQL and Redis are in a listing of all also when they are missing. */
export async function statesOf(project: string, service?: string): Promise<ServiceState[]> {
  for (let tries = 1; ; tries++) {
    try {
      const states = await inspect(await listContainers(project, service))
      const missing = [POSTGRES, REDIS].filter((name) => !states.some((one) => one.service === name))
      if (service !== undefined) return states
      return [
        ...states,
        ...missing.map((name) => ({ service: name, state: 'missing' as const, restarts: 0 })),
      ]
    } catch (error) {
      // A container that was removed between the two looks; the next look does not see it.
      const gone = error instanceof BookctlError && /no such (object|container)/i.test(error.message)
      if (!gone || tries >= 5) throw error
    }
  }
}

/** When each started, how it ended, how often Docker has started it again: one call for all of them. */
async function inspect(containers: readonly Container[]): Promise<ServiceState[]> {
  if (containers.length === 0) return []
  const format = '{{.Id}}\t{{.State.StartedAt}}\t{{.State.ExitCode}}\t{{.RestartCount}}'
  const listing = await docker(['inspect', '--format', format, ...containers.map(({ id }) => id)])
  const facts = new Map(rowsOf(listing).map(([id = '', ...more]) => [id, more]))
  return containers.map(({ id, service, state }): ServiceState => {
    const [startedAt = '', exitCode = '', restarts = ''] = facts.get(id) ?? []
    const seen = { service, state, restarts: Number(restarts) }
    return state === 'running'
      ? { ...seen, startedAt: new Date(startedAt) }
      : { ...seen, exitCode: Number(exitCode) }
  })
}
