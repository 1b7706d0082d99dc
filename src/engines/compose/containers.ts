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

/** When each started, how it ended, how often Docker has started it again: one call for all of them. */
export async function serviceStates(containers: readonly Container[]): Promise<ServiceState[]> {
  const facts = new Map<string, { startedAt: Date; exitCode: number; restarts: number }>()
  if (containers.length > 0) {
    const format = '{{.Id}}\t{{.State.StartedAt}}\t{{.State.ExitCode}}\t{{.RestartCount}}'
    const listing = await docker(['inspect', '--format', format, ...containers.map(({ id }) => id)])
    for (const [id = '', startedAt = '', exitCode = '', restarts = ''] of rowsOf(listing))
      facts.set(id, {
        startedAt: new Date(startedAt),
        exitCode: Number(exitCode),
        restarts: Number(restarts),
      })
  }
  const states = containers.map(({ id, service, state }): ServiceState => {
    const known = facts.get(id)
    if (!known) return { service, state, restarts: 0 }
    const { startedAt, exitCode, restarts } = known
    return state === 'running'
      ? { service, state, restarts, startedAt }
      : { service, state, restarts, exitCode }
  })
  for (const service of [POSTGRES, REDIS])
    if (!states.some((one) => one.service === service))
      states.push({ service, state: 'missing', restarts: 0 })
  return states
}
