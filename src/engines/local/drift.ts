import { readEnvFile } from '../../env/env-file.ts'
import { listDeclarations } from '../../fleet/clients.ts'
import type { Fleet } from '../../fleet/fleet.ts'
import { clientIdOfService, clientNames, POSTGRES, REDIS } from '../../fleet/names.ts'
import { type EngineDrift, isUp } from '../engine.ts'
import { endpointsOf } from '../ports.ts'
import { botProgram } from './bot-program.ts'
import { whyAnother } from './config-hash.ts'
import { findDataFolder } from './data-folder.ts'
import { localLayout } from './layout.ts'
import { postgresFollows, redisFollows } from './servers.ts'
import type { LocalState } from './service.ts'

type BotDrift = EngineDrift['bots'][number]

/** Compares the supervisor's listing with the declarations. `states` is undefined while the fleet is not up. */
export async function localDrift(
  fleet: Fleet,
  states: readonly LocalState[] | undefined,
  supervisorIsOld: boolean,
): Promise<EngineDrift> {
  const byService = new Map(states?.map((state) => [state.service, state]))
  const shared = [
    ...(supervisorIsOld ? [{ what: 'supervisor', why: 'it runs another version of bookctl' }] : []),
    ...(await serverDrift(fleet, byService)),
  ]
  return { files: [], shared, bots: await botDrift(fleet, byService) }
}

async function serverDrift(
  fleet: Fleet,
  byService: ReadonlyMap<string, LocalState>,
): Promise<EngineDrift['shared']> {
  const folder = findDataFolder(localLayout(fleet))
  const password = (await readEnvFile(fleet)).get('REDIS_PASSWORD')
  const follows = {
    [POSTGRES]: folder !== undefined && postgresFollows(folder, fleet.settings),
    [REDIS]: folder !== undefined && redisFollows(folder, fleet.settings, password),
  }
  return ([POSTGRES, REDIS] as const).flatMap((what) => {
    if (byService.get(what)?.state !== 'running') return [{ what, why: 'it does not run' }]
    return follows[what]
      ? []
      : [{ what, why: 'it runs with settings other than those of fleet.yml and .env' }]
  })
}

async function botDrift(fleet: Fleet, byService: ReadonlyMap<string, LocalState>): Promise<BotDrift[]> {
  const env = await readEnvFile(fleet)
  const declared = await listDeclarations(fleet)
  const found = declared.flatMap((declaration): BotDrift[] => {
    const { id: clientId, run } = declaration
    const state = byService.get(clientNames(clientId).service)
    if (!run) return isUp(state?.state) ? [{ clientId, change: 'stop', why: 'run: false is declared' }] : []
    if (state?.state !== 'running') return [{ clientId, change: 'start', why: whyDown(state) }]
    const why = whyRestart()
    return why === undefined ? [] : [{ clientId, change: 'restart', why }]

    function whyRestart(): string | undefined {
      try {
        return whyAnother(
          state?.configHash,
          botProgram(fleet, declaration, env, endpointsOf(fleet.settings)).configHash,
        )
      } catch (error) {
        // One client's incomplete .env hides nothing of the others.
        return error instanceof Error ? error.message : String(error)
      }
    }
  })
  const known = new Set(declared.map(({ id }) => clientNames(id).service))
  for (const { service, state } of byService.values()) {
    const clientId = clientIdOfService(service)
    if (clientId !== undefined && !known.has(service) && isUp(state))
      found.push({ clientId, change: 'remove', why: 'no file declares it' })
  }
  return found
}

function whyDown(state: LocalState | undefined): string {
  if (state?.state === 'restarting') return `it ends again and again${exitOf(state)}`
  return `it does not run${state ? exitOf(state) : ''}`
}

const exitOf = ({ exitCode }: LocalState) => (exitCode === undefined ? '' : ` (exit code ${exitCode})`)
