import type { Fleet } from '../../fleet/fleet.ts'
import { loadFleet } from '../../fleet/fleet.ts'
import { ADMIN_USER, fleetNames, POSTGRES } from '../../fleet/names.ts'
import type { Engine } from '../engine.ts'
import { endpointsOf } from '../ports.ts'
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
  const endpoints = async () => {
    const { postgres, redis } = fleet.settings
    const known = postgres.port !== null && redis.port !== null
    return endpointsOf((known ? fleet : await loadFleet(fleet.dir)).settings)
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
    postgres: async () => (await endpoints()).postgres,
    redis: async () => (await endpoints()).redis,
    async pgTool(tool, args, { database, ...streams }) {
      // Over the container's own socket, which lets in who may use Docker: no password is needed.
      const to = database === undefined ? [] : ['-w', '-U', ADMIN_USER, '-d', database]
      const program = [tool, ...to, ...args]
      const stdin = streams.stdin === undefined ? [] : ['--interactive']
      await docker(['exec', ...stdin, names.container(POSTGRES), ...program], streams)
    },
  }
}
