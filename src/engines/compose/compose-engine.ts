import type { Fleet } from '../../fleet/fleet.ts'
import { loadFleet } from '../../fleet/fleet.ts'
import { ADMIN_USER, fleetNames, POSTGRES } from '../../fleet/names.ts'
import type { Endpoint, Engine } from '../engine.ts'
import { notUp } from '../not-up.ts'
import { removeBot, startBot, stopBot } from './bots.ts'
import { listContainers, statesOf } from './containers.ts'
import { docker } from './docker.ts'
import { findDrift } from './drift.ts'
import { writeFiles } from './files.ts'
import { findForeign } from './foreign.ts'
import { readDockerLogs } from './logs.ts'
import { deleteVolumes, downStack, upStack } from './servers.ts'

/** PostgreSQL, Redis and bots as containers, by Docker Compose. */
export function composeEngine(fleet: Fleet): Engine {
  const names = fleetNames(fleet.settings.name)

  /** Ports are picked by the first `up`, perhaps after this fleet was read. */
  const endpoint = async (server: 'postgres' | 'redis'): Promise<Endpoint> => {
    const port = fleet.settings[server].port ?? (await loadFleet(fleet.dir)).settings[server].port
    if (port === null) throw notUp()
    return { host: '127.0.0.1', port }
  }

  return {
    name: 'compose',
    byHand: { before: 'docker compose exec -T postgres ', user: ` -U ${ADMIN_USER}` },
    up: (options = {}) => upStack(fleet, options),
    down: (signal) => downStack(fleet, signal ? { signal } : {}),
    deleteData: () => deleteVolumes(fleet),
    start: (clientId) => startBot(fleet, clientId),
    stop: (clientId) => stopBot(fleet, clientId),
    async restart(clientId) {
      await stopBot(fleet, clientId)
      await startBot(fleet, clientId)
    },
    remove: (clientId) => removeBot(fleet, clientId),
    foreign: (clientId) => findForeign(fleet, [clientId]),
    drift: () => findDrift(fleet),
    writeFiles: (clientId) => writeFiles(fleet, clientId),
    list: () => statesOf(names.project),
    async find(service) {
      return (await statesOf(names.project, service)).find((one) => one.service === service)
    },
    async *logs(service, options) {
      const [container] = await listContainers(names.project, service)
      if (container) yield* readDockerLogs(container.id, options)
    },
    postgres: () => endpoint('postgres'),
    redis: () => endpoint('redis'),
    async pgTool(tool, args, options) {
      // Over the container's own socket, which lets in who may use Docker: no password is needed.
      const program = [tool, '-w', '-U', ADMIN_USER, '-d', options.database, ...args]
      const stdin = options.stdin === undefined ? [] : ['--interactive']
      await docker(['exec', ...stdin, names.container(POSTGRES), ...program], {
        ...(options.stdin ? { stdin: options.stdin } : {}),
        ...(options.stdout ? { stdout: options.stdout } : {}),
        ...(options.onStart ? { onStart: options.onStart } : {}),
      })
    },
  }
}
