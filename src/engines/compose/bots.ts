import { readEnvFile } from '../../env/env-file.ts'
import type { Fleet } from '../../fleet/fleet.ts'
import { clientIdOfService, clientNames, fleetNames } from '../../fleet/names.ts'
import { isUp } from '../engine.ts'
import { type Container, listContainers } from './containers.ts'
import { docker } from './docker.ts'
import { writeFiles } from './files.ts'
import { ensureBotImage, imagesOf, type Stop } from './images.ts'
import { refuseLoopback } from './loopback.ts'
import { BASE_FILE, composeWords } from './words.ts'

/** Longer than the bot's own ten seconds: after it Docker kills. */
const STOP_SECONDS = 15

async function botContainers(fleet: Fleet, clientId: string): Promise<Container[]> {
  return await listContainers(fleetNames(fleet.settings.name).project, clientNames(clientId).service)
}

/** Starts a client's bot by its own file; a running one is left alone. */
export async function startBot(fleet: Fleet, clientId: string): Promise<void> {
  const found = await botContainers(fleet, clientId)
  if (found.some(({ state }) => isUp(state))) return
  refuseLoopback(fleet, await readEnvFile(fleet))
  await ensureBotImage(fleet, await imagesOf(fleet))
  await writeFiles(fleet, clientId)
  // Not with --no-deps: Compose then hashes the service without its depends_on, and a person's `docker compose up -d`
  // would make the bot anew. The servers are left alone all the same: the base file is what they were started from.
  const words = ['up', '--detach', '--no-build', clientNames(clientId).service]
  await docker(
    composeWords(
      fleet.settings.name,
      [BASE_FILE, `clients/${clientId}.yml`],
      '--profile',
      'stopped',
      ...words,
    ),
    { cwd: fleet.dir },
  )
}

/** Stops bots and waits until they are gone. */
async function stopBots(containers: readonly Container[], stop: Stop = {}): Promise<void> {
  const ids = containers.filter(({ state }) => isUp(state)).map(({ id }) => id)
  if (ids.length > 0) await docker(['stop', '--time', String(STOP_SECONDS), ...ids], stop)
}

export async function stopBot(fleet: Fleet, clientId: string): Promise<void> {
  await stopBots(await botContainers(fleet, clientId))
}

/** Stops a bot and removes its container, and with it the log. Needs no file of the client. */
export async function removeBot(fleet: Fleet, clientId: string): Promise<void> {
  const found = await botContainers(fleet, clientId)
  if (found.length === 0) return
  await stopBots(found)
  await docker(['rm', '--force', ...found.map(({ id }) => id)])
}

/** Stops every bot of the fleet, so that the servers end last. */
export async function stopAllBots(fleet: Fleet, stop: Stop): Promise<void> {
  const all = await listContainers(fleetNames(fleet.settings.name).project)
  await stopBots(
    all.filter(({ service }) => clientIdOfService(service) !== undefined),
    stop,
  )
}
