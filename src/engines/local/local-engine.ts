import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { readEnvFile, requireEnv } from '../../env/env-file.ts'
import { BookctlError } from '../../errors.ts'
import { run } from '../../exec/exec.ts'
import { isAlive } from '../../exec/process-identity.ts'
import { type Fleet, loadFleet } from '../../fleet/fleet.ts'
import { ADMIN_USER, clientNames, POSTGRES, REDIS } from '../../fleet/names.ts'
import type { Endpoint, Engine, ServiceState } from '../engine.ts'
import { notUp } from '../not-up.ts'
import { ownProgramHash } from './config-hash.ts'
import { ask, ensureSupervisor, findSupervisor } from './control-client.ts'
import type { Asked } from './control-server.ts'
import { deleteDataFolder, findDataFolder } from './data-folder.ts'
import { localDrift } from './drift.ts'
import { localLayout } from './layout.ts'
import { readLog } from './log-reader.ts'
import { signalProcess } from './processes.ts'
import { postgresBin } from './servers.ts'
import type { LocalState } from './service.ts'

/** PostgreSQL, Redis and bots as processes of this host, under one detached supervisor per fleet. */
export function localEngine(fleet: Fleet): Engine {
  const layout = localLayout(fleet)

  /** The supervisor of a fleet that is up. A killed one is replaced first, and takes up where it was. */
  const supervisor = async () => {
    const known = findSupervisor(layout)
    if (!known) throw notUp()
    if (known.alive) return known
    const fresh = await ensureSupervisor(fleet)
    await ask(fresh, 'resume')
    return fresh
  }
  /** Every word may be said twice: when the supervisor is killed while it answers, its successor is asked. */
  const tell = async (word: string, body: Asked = {}) => {
    const at = await supervisor()
    try {
      return await ask(at, word, body)
    } catch (error) {
      if (!(error instanceof BookctlError) || error.code !== 'supervisor-gone') throw error
      // The connection breaks a moment before the process is gone.
      for (let tries = 0; tries < 40 && isAlive(at.pid, at.identity); tries++) await sleep(50)
      return ask(await supervisor(), word, body)
    }
  }
  const endpoints = async () => (await tell('endpoints')) as { postgres: Endpoint; redis: Endpoint }
  const states = async () => {
    const listed = (await tell('list')) as (LocalState & { startedAt?: string })[]
    return listed.map(
      ({ startedAt, ...state }): LocalState =>
        startedAt === undefined ? state : { ...state, startedAt: new Date(startedAt) },
    )
  }
  /** What the contract tells of the services; undefined while the fleet is not up. */
  const known = async (): Promise<ServiceState[] | undefined> =>
    findSupervisor(layout) && (await states()).map(({ configHash: _, ...state }) => state)
  const change = async (word: string, clientId: string) => {
    await tell(word, { clientId })
  }

  return {
    name: 'local',
    byHand: { before: '', user: '' },
    async up({ serversOnly = false, signal } = {}) {
      const known = findSupervisor(layout)
      // As after a kill: its successor finds everything that runs, and stops none of it.
      if (known?.alive && known.program !== ownProgramHash()) {
        signalProcess(known.pid, known.identity, 'SIGKILL')
        while (isAlive(known.pid, known.identity)) await sleep(20)
      }
      await ask(await ensureSupervisor(fleet), 'up', { serversOnly }, signal)
    },
    async down(signal) {
      if (!findSupervisor(layout)) return
      const at = await ensureSupervisor(fleet)
      await ask(at, 'down', {}, signal)
      while (isAlive(at.pid, at.identity)) await sleep(50)
    },
    async deleteData() {
      if (findSupervisor(layout))
        throw new BookctlError(
          'fleet-is-up',
          'conflict',
          'The servers of this fleet still run: their data stays',
          {
            hint: 'bookctl down',
          },
        )
      deleteDataFolder(layout)
    },
    start: (clientId) => change('start', clientId),
    async stop(clientId) {
      if (findSupervisor(layout)) await change('stop', clientId)
    },
    restart: (clientId) => change('restart', clientId),
    async remove(clientId) {
      if (findSupervisor(layout)) await change('remove', clientId)
      const log = layout.log(clientNames(clientId).service)
      for (const path of [log, `${log}.1`]) rmSync(path, { force: true })
    },
    foreign: () => Promise.resolve([]),
    list: async () =>
      (await known()) ??
      [POSTGRES, REDIS].map((service) => ({ service, state: 'missing' as const, restarts: 0 })),
    find: async (service) => (await known())?.find((one) => one.service === service),
    async drift() {
      // What fleet.yml says now: the first `up` writes the ports into it.
      const now = await loadFleet(fleet.dir)
      if (!findSupervisor(layout)) return localDrift(now, undefined, false)
      const listed = await states()
      return localDrift(now, listed, findSupervisor(layout)?.program !== ownProgramHash())
    },
    writeFiles: () => Promise.resolve(false),
    tidy: () => Promise.resolve([]),
    logs: (service, options) => readLog(layout.log(service), options),
    postgres: async () => (await endpoints()).postgres,
    redis: async () => (await endpoints()).redis,
    async pgTool(tool, args, { database, ...streams }) {
      const bin = postgresBin(findDataFolder(layout) ?? layout.data)
      if (database === undefined) {
        await run([`${bin}/${tool}`, ...args], streams)
        return
      }
      const { host, port } = (await endpoints()).postgres
      const to = ['-w', '-h', host, '-p', String(port), '-U', ADMIN_USER, '-d', database]
      const env = { PGPASSWORD: requireEnv(await readEnvFile(fleet), 'POSTGRES_PASSWORD') }
      await run([`${bin}/${tool}`, ...to, ...args], { env, ...streams })
    },
  }
}
