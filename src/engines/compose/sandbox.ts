import { cp, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { BookctlError } from '../../errors.ts'
import { writeFileAtomic } from '../../files/atomic.ts'
import { fillTemplate } from '../../files/fill-template.ts'
import { packageFile } from '../../files/package-root.ts'
import type { Fleet } from '../../fleet/fleet.ts'
import { fleetNames } from '../../fleet/names.ts'
import { send } from '../../telegram/http.ts'
import { listContainers } from './containers.ts'
import { docker, requireDocker } from './docker.ts'
import { ensurePulled, imagesOf } from './images.ts'
import { readTemplate } from './templates.ts'
import { composeWords } from './words.ts'

const FILE = 'docker-compose.sandbox.yml'
const READY_MS = 60_000
const LOOK_MS = 100

/** Where the sandbox is reached: by bots on the fleet's network, and from this host on loopback. */
export interface SandboxAddresses {
  apiRoot: string
  hostApiRoot: string
}

const project = (fleet: Fleet) => `${fleet.settings.name}-sandbox`

/**
 * Runs the sandbox as a container on the fleet's network, from a compose file of its own. Already running: the same.
 * It keeps nothing: bots and chats are gone when it stops.
 * @throws BookctlError (exit 5) for a fleet of another engine; exit 3 while the fleet is not up, for its network is missing.
 */
export async function startSandboxContainer(fleet: Fleet, port: number): Promise<SandboxAddresses> {
  if (fleet.settings.engine !== 'compose')
    throw new BookctlError('sandbox-engine', 'conflict', 'The bots of this fleet do not run in containers', {
      hint: 'Without --container the sandbox runs on this host: bookctl sandbox',
    })
  await requireDocker()
  const { network } = fleetNames(fleet.settings.name)
  const networks = await docker(['network', 'ls', '--format', '{{.Name}}'])
  if (!networks.split('\n').includes(network))
    throw new BookctlError('fleet-not-up', 'partly', `The network ${network} of this fleet is not there`, {
      hint: 'bookctl up',
    })
  const { node } = await imagesOf(fleet)
  await ensurePulled(node)
  const folder = fleet.paths.sandbox
  await mkdir(folder, { recursive: true })
  await cp(packageFile('dist/sandbox'), join(folder, 'app'), { recursive: true })
  const values: Record<string, string> = {
    project: project(fleet),
    network,
    nodeImage: node,
    port: String(port),
    fleetId: fleet.settings.id,
  }
  const text = fillTemplate(await readTemplate(fleet, FILE), values)
  await writeFileAtomic(join(folder, FILE), text)
  await docker(composeWords(project(fleet), [FILE], 'up', '--detach'), { cwd: folder })
  const hostApiRoot = `http://127.0.0.1:${port}`
  await untilItAnswers(fleet, hostApiRoot)
  return { apiRoot: 'http://sandbox:8081', hostApiRoot }
}

/** Asked here: the first check of Docker's own comes late, and one that came soon would start Node.js again and again. */
async function untilItAnswers(fleet: Fleet, url: string): Promise<void> {
  const deadline = Date.now() + READY_MS
  while (!(await answers(url))) {
    const [container] = await listContainers(project(fleet))
    if (container?.state === 'running' && Date.now() < deadline) await sleep(LOOK_MS)
    else
      throw new BookctlError('sandbox-not-ready', 'partly', `The sandbox does not answer at ${url}`, {
        hint: `Its log: docker logs ${container?.name ?? project(fleet)}`,
      })
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await send(new URL(url))).status === 200
  } catch {
    return false
  }
}

/** Stops the container and takes its files away. */
export async function stopSandboxContainer(fleet: Fleet): Promise<void> {
  const found = await listContainers(project(fleet))
  if (found.length > 0) await docker(['rm', '--force', ...found.map(({ id }) => id)])
  await rm(fleet.paths.sandbox, { recursive: true, force: true })
}
