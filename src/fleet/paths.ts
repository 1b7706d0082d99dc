import { join } from 'node:path'

/** Where the files of a fleet folder are. */
export interface FleetPaths {
  dir: string
  settings: string
  env: string
  envExample: string
  gitignore: string
  clients: string
  clientFile(id: string): string
  backups: string
  clientBackups(id: string): string
  /** Backups of schema fleet. */
  sharedBackups: string
  /** bookctl's own: lock, age identity, data of the local engine. Mode 0700, never in git. */
  state: string
  lock: string
  identity: string
  local: string
  /** What the image of the bots is built from (engine compose). */
  image: string
  /** Files of the sandbox's container (engine compose). */
  sandbox: string
  /** Generated text that a person had changed, as it was before it was written anew. */
  edited: string
  /** Held while `schedule run` works. */
  scheduleLock: string
  scheduleAttempts: string
  /** Held while backups are copied off site, or back. */
  offsiteLock: string
  scheduleLog: string
}

export function fleetPaths(dir: string): FleetPaths {
  const state = join(dir, '.bookctl')
  return {
    dir,
    settings: join(dir, 'fleet.yml'),
    env: join(dir, '.env'),
    envExample: join(dir, '.env.example'),
    gitignore: join(dir, '.gitignore'),
    clients: join(dir, 'clients'),
    clientFile: (id) => join(dir, 'clients', `${id}.yml`),
    backups: join(dir, 'backups'),
    clientBackups: (id) => join(dir, 'backups', id),
    sharedBackups: join(dir, 'backups', 'fleet'),
    state,
    lock: join(state, 'files.lock'),
    identity: join(state, 'age-identity.txt'),
    local: join(state, 'local'),
    image: join(state, 'image'),
    sandbox: join(state, 'sandbox'),
    edited: join(state, 'edited'),
    scheduleLock: join(state, 'schedule.lock'),
    offsiteLock: join(state, 'offsite.lock'),
    scheduleAttempts: join(state, 'schedule.json'),
    scheduleLog: join(state, 'log', 'schedule.log'),
  }
}
