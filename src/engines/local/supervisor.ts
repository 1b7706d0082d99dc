import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { readEnvFile, requireEnv } from '../../env/env-file.ts'
import { BookctlError } from '../../errors.ts'
import { unlessDiskFull } from '../../files/disk-full.ts'
import { rotate } from '../../files/log-rotation.ts'
import { findDeclaration, getDeclaration, listDeclarations } from '../../fleet/clients.ts'
import { loadFleet, saveFleetPorts } from '../../fleet/fleet.ts'
import { clientIdOfService, clientNames, POSTGRES, REDIS } from '../../fleet/names.ts'
import { endpointsOf, pickPort, requireFreePort } from '../ports.ts'
import { unprivilegedUser } from './binaries.ts'
import { botProgram } from './bot-program.ts'
import { ensureDataFolder } from './data-folder.ts'
import { findUnrecorded } from './find-again.ts'
import { localLayout, MARK } from './layout.ts'
import { lastLines } from './log-reader.ts'
import {
  ensureDatabaseFiles,
  postgresAnswers,
  postgresBin,
  postgresFollows,
  postgresProgram,
  redisAnswers,
  redisBin,
  redisFollows,
  redisProgram,
} from './servers.ts'
import { type LocalState, Service, type ServiceKind, type ServiceRecord } from './service.ts'

const CHECK_MS = 500
const READY_MS = 120_000

/** Everything that one fleet runs on this host. Lives in the detached process of supervisor-main.ts. */
export async function createSupervisor(dir: string) {
  let fleet = await loadFleet(dir)
  const layout = localLayout(fleet)
  mkdirSync(layout.logs, { recursive: true, mode: 0o700 })
  const user = unprivilegedUser()
  const services = new Map<string, Service>()

  const report = (event: string, fields: Record<string, unknown>) =>
    console.log(JSON.stringify({ time: Date.now(), msg: event, ...fields }))

  // A full disk must not cost the fleet its supervisor: what could not be saved is saved when there is room.
  let saved = true
  const save = () => {
    const records = Object.fromEntries([...services].map(([name, service]) => [name, service.record]))
    saved = unlessDiskFull(() => {
      writeFileSync(`${layout.processes}.new`, JSON.stringify(records), { mode: 0o600 })
      renameSync(`${layout.processes}.new`, layout.processes)
    })
  }

  const service = (name: string): Service => {
    const known = services.get(name)
    if (known) return known
    const made = new Service(name, kindOf(name), { logFile: layout.log(name), save, report }, earlier[name])
    services.set(name, made)
    return made
  }

  const kindOf = (name: string): ServiceKind => {
    if (name === POSTGRES)
      return { stopSignal: 'SIGINT', stopMs: 60_000, killSignal: 'SIGQUIT', prepare: preparePostgres }
    if (name === REDIS)
      return { stopSignal: 'SIGTERM', stopMs: 60_000, killSignal: 'SIGKILL', prepare: prepareRedis }
    return { stopSignal: 'SIGTERM', stopMs: 10_000, killSignal: 'SIGKILL', prepare: () => prepareBot(name) }
  }

  const preparePostgres = async () => {
    await refresh()
    const folder = ensureDataFolder(layout, user)
    const { port } = endpoints().postgres
    await requireFreePort(port, 'postgres')
    return marked(POSTGRES, postgresProgram(postgresBin(folder), folder, user, fleet.settings, port))
  }

  const prepareRedis = async () => {
    await refresh()
    const folder = ensureDataFolder(layout, user)
    const { port } = endpoints().redis
    await requireFreePort(port, 'redis')
    const password = requireEnv(await readEnvFile(fleet), 'REDIS_PASSWORD')
    return marked(REDIS, redisProgram(folder, fleet.settings, port, password))
  }

  const prepareBot = async (name: string) => {
    await refresh()
    // This client's file alone: a mistake in another's must not keep this bot down.
    const id = clientIdOfService(name)
    const declaration = id === undefined ? undefined : await findDeclaration(fleet, id)
    if (!declaration)
      throw new BookctlError(
        'client-not-found',
        'notFound',
        `No file in clients/ declares the client of ${name}`,
      )
    return marked(name, botProgram(fleet, declaration, await readEnvFile(fleet), endpoints()))
  }

  const marked = <P extends { env: Record<string, string> }>(name: string, program: P): P => ({
    ...program,
    env: { ...program.env, [MARK]: `${layout.folder}:${name}` },
  })

  const refresh = async () => {
    fleet = await loadFleet(dir)
  }

  const declared = async (clientId: string) => {
    await refresh()
    await getDeclaration(fleet, clientId)
  }

  const endpoints = () => endpointsOf(fleet.settings)

  const earlier: Record<string, ServiceRecord> = existsSync(layout.processes)
    ? (JSON.parse(readFileSync(layout.processes, 'utf8')) as Record<string, ServiceRecord>)
    : {}

  /** Takes up what an earlier supervisor left running: the recorded, and what it had no time to record. */
  const findAgain = () => {
    const unrecorded = findUnrecorded(layout)
    for (const name of new Set([...Object.keys(earlier), ...unrecorded.keys()])) {
      const one = service(name)
      const found = one.running ? one.record.pid : unrecorded.get(name)
      if (found !== undefined) one.adopt(found)
    }
    save()
  }

  const ensurePorts = async () => {
    await refresh()
    const { postgres, redis } = fleet.settings
    if (postgres.port !== null && redis.port !== null) return
    const first = postgres.port ?? (await pickPort(redis.port === null ? [] : [redis.port]))
    fleet = await saveFleetPorts(fleet, { postgres: first, redis: redis.port ?? (await pickPort([first])) })
  }

  const startServers = async () => {
    await ensurePorts()
    const env = await readEnvFile(fleet)
    const folder = ensureDataFolder(layout, user)
    const stale = [
      ...(postgresFollows(folder, fleet.settings) ? [] : [POSTGRES]),
      ...(redisFollows(folder, fleet.settings, env.get('REDIS_PASSWORD')) ? [] : [REDIS]),
    ]
    // Bots outlast that. What does not run is started with the new settings in any case.
    for (const name of stale) if (service(name).running) await service(name).stop()
    const bin = postgresBin(folder)
    redisBin()
    await ensureDatabaseFiles(bin, folder, user, requireEnv(env, 'POSTGRES_PASSWORD'))
    const at = endpoints()
    const password = requireEnv(env, 'REDIS_PASSWORD')
    await Promise.all([
      startAndWait(POSTGRES, () => postgresAnswers(bin, at.postgres.port)),
      startAndWait(REDIS, () => redisAnswers(at.redis.port, password)),
    ])
  }

  const startAndWait = async (name: string, answers: () => Promise<boolean>) => {
    const one = service(name)
    await one.start()
    const deadline = Date.now() + READY_MS
    while (!(await answers()) || !one.running) {
      if (one.record.restarts >= 2 || Date.now() > deadline) {
        const lines = (await lastLines(layout.log(name), 10)).join('\n')
        throw new BookctlError(
          'server-not-ready',
          'partly',
          `${name} does not answer. Its last lines:\n${lines}`,
          {
            hint: `bookctl status, or read ${layout.log(name)}`,
          },
        )
      }
      await sleep(100)
    }
  }

  const startBots = async (names: readonly string[]) => {
    for (const name of names) {
      // One client's broken .env must not keep the others' bots down; its log and `status` show it.
      await service(name)
        .start()
        .catch((error: unknown) =>
          report('service_start_failed', {
            service: name,
            error: error instanceof Error ? error.message : '?',
          }),
        )
    }
  }

  const timers = [
    setInterval(() => {
      for (const one of services.values()) one.check()
      if (!saved) save()
    }, CHECK_MS),
    setInterval(() => ['supervisor', ...services.keys()].forEach((name) => rotate(layout.log(name))), 5000),
  ]

  findAgain()
  return {
    /** Servers, and all bots that are declared to run, unless it is to be servers only. */
    async up(serversOnly = false): Promise<void> {
      await startServers()
      if (serversOnly) return
      const declared = (await listDeclarations(fleet)).filter(({ run }) => run)
      await startBots(declared.map(({ id }) => clientNames(id).service))
    },
    /** After our predecessor's death: what ran or should run then, and nothing else. */
    async resume(): Promise<void> {
      await startServers()
      const wanted = [...services.values()].filter(({ record }) => record.wanted).map(({ name }) => name)
      await startBots(wanted.filter((name) => clientIdOfService(name) !== undefined))
    },
    async down(): Promise<void> {
      for (const timer of timers) clearInterval(timer)
      const bots = [...services.values()].filter(({ name }) => name !== POSTGRES && name !== REDIS)
      await Promise.all(bots.map((one) => one.stop()))
      const servers = [...services.values()].filter((one) => !bots.includes(one))
      await Promise.all(servers.map((one) => one.stop()))
      rmSync(layout.processes, { force: true })
    },
    /** Like `down`, but the next supervisor brings back what ran: for a shutdown of the host. */
    async suspend(): Promise<void> {
      const before = existsSync(layout.processes) ? readFileSync(layout.processes) : undefined
      await this.down()
      if (before) writeFileSync(layout.processes, before, { mode: 0o600 })
    },
    async start(clientId: string): Promise<void> {
      await service(clientNames(clientId).service).start(() => declared(clientId))
    },
    async restart(clientId: string): Promise<void> {
      await service(clientNames(clientId).service).restart(() => declared(clientId))
    },
    async stop(clientId: string): Promise<void> {
      await service(clientNames(clientId).service).stop()
    },
    async remove(clientId: string): Promise<void> {
      const { service: name } = clientNames(clientId)
      await service(name).stop()
      services.delete(name)
      delete earlier[name]
      save()
      for (const path of [layout.log(name), `${layout.log(name)}.1`]) rmSync(path, { force: true })
    },
    list: (): LocalState[] => [...services.values()].map((one) => one.state()),
    endpoints,
    anyRunning: () => [...services.values()].some((one) => one.running),
  }
}
export type Supervisor = Awaited<ReturnType<typeof createSupervisor>>
