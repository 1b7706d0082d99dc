import { readEnvFile, requireEnv } from '../../env/env-file.ts'
import { BookctlError } from '../../errors.ts'
import { listDeclarations } from '../../fleet/clients.ts'
import { type Fleet, saveFleetPorts } from '../../fleet/fleet.ts'
import { fleetNames, POSTGRES, REDIS } from '../../fleet/names.ts'
import type { UpOptions } from '../engine.ts'
import { pickPort, requireFreePort } from '../ports.ts'
import { stopAllBots } from './bots.ts'
import { listContainers } from './containers.ts'
import { docker, requireDocker } from './docker.ts'
import { writeFiles } from './files.ts'
import { findForeign, foreignThings } from './foreign.ts'
import { ensureBotImage, ensurePulled, imagesOf, type Stop, writeBuildFolder } from './images.ts'
import { refuseLoopback } from './loopback.ts'
import { stopSandboxContainer } from './sandbox.ts'
import { BASE_FILE, composeWords, LABEL, MERGED_FILE } from './words.ts'

/** The first start makes the database; recovery after a crash may take as long. */
const HEALTHY_SECONDS = 180

/** Everything that must be there before a bot can start, then the bots that are declared to run. */
export async function upStack(
  given: Fleet,
  { rebuild = false, serversOnly = false, ...watch }: UpOptions,
): Promise<void> {
  await requireDocker()
  const declarations = await listDeclarations(given)
  const foreign = await findForeign(
    given,
    declarations.map(({ id }) => id),
  )
  if (foreign.length > 0) throw foreignThings(foreign)
  const env = await readEnvFile(given)
  for (const name of ['POSTGRES_PASSWORD', 'REDIS_PASSWORD']) requireEnv(env, name)
  refuseLoopback(given, env)
  const fleet = await ensurePorts(given)
  const images = await imagesOf(fleet)
  for (const image of [images.postgres, images.redis]) await ensurePulled(image, watch)
  await writeBuildFolder(fleet, images)
  await ensureBotImage(fleet, images, { rebuild, ...watch })
  await writeFiles(fleet)
  const { say: _, ...stop } = watch
  await upServers(fleet, stop)
  // A bot that runs is left alone: what is to change in it, `apply` changes, one bot after the other.
  if (!serversOnly && declarations.some(({ run }) => run))
    await docker(
      composeWords(
        fleet.settings.name,
        [MERGED_FILE],
        'up',
        '--detach',
        '--no-build',
        ...(rebuild ? [] : ['--no-recreate']),
      ),
      { cwd: fleet.dir, ...stop },
    )
}

async function upServers(fleet: Fleet, stop: Stop): Promise<void> {
  const wait = ['--wait', '--wait-timeout', String(HEALTHY_SECONDS)]
  const words = ['up', '--detach', '--no-build', ...wait, POSTGRES, REDIS]
  try {
    await docker(composeWords(fleet.settings.name, [BASE_FILE], ...words), { cwd: fleet.dir, ...stop })
  } catch (error) {
    if (!(error instanceof BookctlError) || error.code !== 'docker-failed') throw error
    throw new BookctlError(
      'servers-not-healthy',
      'partly',
      `PostgreSQL or Redis did not start.\n${error.message}`,
      {
        hint: `Their logs: docker compose -p ${fleet.settings.name} logs postgres redis`,
        cause: error,
      },
    )
  }
}

/** Ports of this host that are kept in fleet.yml; free ones are picked at the first start. */
async function ensurePorts(fleet: Fleet): Promise<Fleet> {
  const postgres = fleet.settings.postgres.port ?? (await pickPort())
  const redis = fleet.settings.redis.port ?? (await pickPort([postgres]))
  const containers = await listContainers(fleetNames(fleet.settings.name).project)
  const runs = (service: string) =>
    containers.some((one) => one.service === service && one.state === 'running')
  if (!runs(POSTGRES)) await requireFreePort(postgres, 'postgres')
  if (!runs(REDIS)) await requireFreePort(redis, 'redis')
  return await saveFleetPorts(fleet, { postgres, redis })
}

/** Stops and removes every container of the fleet, the bots first; volumes stay. */
export async function downStack(fleet: Fleet, stop: Stop): Promise<void> {
  await requireDocker()
  const { project } = fleetNames(fleet.settings.name)
  const all = await listContainers(project)
  const foreign = all.filter(({ fleetId }) => fleetId !== fleet.settings.id)
  if (foreign.length > 0) throw foreignThings(foreign.map(({ name }) => `container ${name}`))
  await stopAllBots(fleet, stop)
  await stopSandboxContainer(fleet)
  const ids = all.map(({ id }) => id)
  if (ids.length > 0) {
    await docker(['stop', '--time', '60', ...ids], stop)
    await docker(['rm', '--force', ...ids], stop)
  }
  await removeNetworks(project)
}

async function removeNetworks(project: string): Promise<void> {
  const listed = await docker(['network', 'ls', '--quiet', '--filter', `label=${LABEL.project}=${project}`])
  for (const id of listed.split('\n').filter(Boolean)) {
    try {
      await docker(['network', 'rm', id])
    } catch (error) {
      // Somebody's own container is on it: then it stays for the next `up`.
      if (!(error instanceof BookctlError) || !/active endpoints/i.test(error.message)) throw error
    }
  }
}

/**
 * Deletes the volumes of PostgreSQL and Redis that carry this fleet's label.
 * @throws BookctlError (exit 5) while containers of the fleet are there.
 */
export async function deleteVolumes(fleet: Fleet): Promise<void> {
  const { project, volumes } = fleetNames(fleet.settings.name)
  if ((await listContainers(project)).length > 0)
    throw new BookctlError(
      'fleet-is-up',
      'conflict',
      'The servers of this fleet still run: their data stays',
      {
        hint: 'bookctl down',
      },
    )
  const listed = await docker([
    'volume',
    'ls',
    '--quiet',
    '--filter',
    `label=${LABEL.fleet}=${fleet.settings.id}`,
  ])
  const ours = new Set<string>(Object.values(volumes))
  const doomed = listed.split('\n').filter((name) => ours.has(name))
  if (doomed.length > 0) await docker(['volume', 'rm', ...doomed])
}
