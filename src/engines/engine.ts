import type { Readable } from 'node:stream'

/** Where a server listens, as seen by whoever asked. */
export interface Endpoint {
  host: string
  port: number
}

/** State of a container or process, in the words of `docker compose ps`. */
export type RunState = 'running' | 'restarting' | 'exited' | 'missing'

/** Runs, or waits to be started again: either way it is wanted, and may poll at any moment. */
export function isUp(state: RunState | undefined): boolean {
  return state === 'running' || state === 'restarting'
}

export interface ServiceState {
  /** Name of the service: `postgres`, `redis` or `bot-client-001`. */
  service: string
  state: RunState
  startedAt?: Date
  /** Of the last exit, while not running. */
  exitCode?: number
  restarts: number
}

export interface LogOptions {
  follow?: boolean
  since?: Date
  /** The last N lines only. */
  tail?: number
  signal?: AbortSignal
}

/** What of an engine's files and services does not follow fleet.yml, clients/*.yml and `.env`. Data, to be printed or acted on. */
export interface EngineDrift {
  /** Files that `writeFiles` would write anew (path relative to the fleet folder). `edited`: a person changed the generated text, which would be lost. */
  files: { path: string; clientId?: string; before: string | undefined; after: string; edited: boolean }[]
  /** Shared things (a server, the image, the network) that `up` would make or restart, each with its reason. */
  shared: { what: string; why: string }[]
  /** Bots that must be started, restarted or stopped, each with its reason; a bot without a declaration is `remove`. */
  bots: { clientId: string; change: 'start' | 'restart' | 'stop' | 'remove'; why: string }[]
}

/**
 * What runs a fleet's servers and bots. Implementations differ by data; nobody outside asks which one it is.
 * Every method may be called again: already so is success. Failures are BookctlErrors that carry the
 * engine's own last lines.
 */
export interface Engine {
  readonly name: string
  /**
   * How a person runs PostgreSQL's own programs by hand: what stands before the program (in the fleet folder), and the
   * flags that name the admin user. Empty where PGHOST, PGPORT, PGUSER and PGPASSWORD do that.
   */
  readonly byHand: { readonly before: string; readonly user: string }
  /**
   * Starts PostgreSQL and Redis, and the bots that are declared to run; ends when both servers answer. `rebuild` makes
   * the image of the bots anew, where there is one. When `signal` aborts, it is no longer waited for (`interrupted`,
   * exit 130); the same call takes up what has begun.
   * @throws BookctlError (exit 5) naming things under our names that this fleet did not make; nothing is changed then.
   */
  up(options?: { rebuild?: boolean; signal?: AbortSignal }): Promise<void>
  /** Stops everything of this fleet. Data stays. `signal` as for `up`. */
  down(signal?: AbortSignal): Promise<void>
  /** Deletes the data of PostgreSQL and Redis. Only after `down`. */
  deleteData(): Promise<void>
  /** Starts a client's bot from its declaration and `.env` as they are now; a running one is left alone. */
  start(clientId: string): Promise<void>
  /** Stops a bot and waits until it is gone, so that no second poller of its token can arise. */
  stop(clientId: string): Promise<void>
  /** Stop, then start with the declaration and `.env` as they are now. */
  restart(clientId: string): Promise<void>
  /** Stops a bot and forgets it, logs included. */
  remove(clientId: string): Promise<void>
  /** Things under the names of the fleet (or of this client) that the fleet did not make, in words for the operator. */
  foreign(clientId: string): Promise<string[]>
  /** Compares what is there with what is declared. Reads only; a constant number of calls, however many clients. */
  drift(): Promise<EngineDrift>
  /** Writes the files this engine generates, of one client and of the fleet or of all; true when something changed. The local engine generates none. */
  writeFiles(clientId?: string): Promise<boolean>
  /** Everything of this fleet, in one listing, however many clients. */
  list(): Promise<ServiceState[]>
  /** One service; undefined when it is not there. The cost does not grow with the fleet. */
  find(service: string): Promise<ServiceState | undefined>
  /** Compares what is there with what is declared. Reads only; a constant number of calls, however many clients. */
  drift(): Promise<EngineDrift>
  /** Writes the files this engine generates, of one client and of the fleet or of all; true when something changed. The local engine generates none. */
  writeFiles(clientId?: string): Promise<boolean>
  /** Log lines of one service. With `follow`, ends when `signal` aborts. */
  logs(service: string, options?: LogOptions): AsyncIterable<string>
  /** Address of PostgreSQL for programs on this host. @throws BookctlError when the fleet is not up. */
  postgres(): Promise<Endpoint>
  /** Address of Redis for programs on this host. @throws BookctlError when the fleet is not up. */
  redis(): Promise<Endpoint>
  /**
   * Runs `pg_dump` or `pg_restore` of the server's own major version as the admin user, password not in argv.
   * `database` is the one to connect to; without it the program only reads and writes files. Resolves when the program
   * ended well; rejects with its last lines. `onStart` hears the pid on this host, for the journal.
   */
  pgTool(
    tool: 'pg_dump' | 'pg_restore',
    args: readonly string[],
    options: {
      database?: string
      stdin?: Readable
      stdout?: NodeJS.WritableStream
      onStart?: (pid: number) => void
    },
  ): Promise<void>
}
