import { spawn } from 'node:child_process'
import { appendFileSync, closeSync, openSync } from 'node:fs'
import { constants } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive, processIdentity } from '../../exec/process-identity.ts'
import { unlessDiskFull } from '../../files/disk-full.ts'
import type { ServiceState } from '../engine.ts'
import { backoffMs, crashesInARow, isHopeless } from './backoff.ts'
import { signalProcess } from './processes.ts'

/** A line of the supervisor's listing. */
export type LocalState = ServiceState & {
  /** What it was started with; of a running bot only. */
  configHash?: string
}

/** What to start: made anew before each start, so that files edited meanwhile count. */
export interface Program {
  argv: string[]
  env: Record<string, string>
  cwd: string
  user?: { uid: number; gid: number } | undefined
  /** Tells what it was started with from what it would be started with now. */
  configHash?: string
}

export interface ServiceKind {
  stopSignal: NodeJS.Signals
  /** How long it may take to end by itself. */
  stopMs: number
  killSignal: NodeJS.Signals
  prepare(): Promise<Program>
}

/** What is kept on disk of a service. */
export interface ServiceRecord {
  pid?: number
  identity?: string
  startedAt?: string
  configHash?: string
  wanted: boolean
  restarts: number
  exitCode?: number
}

export interface ServiceHooks {
  logFile: string
  /** Called at once after each change; a kill right after a start must find the pid on disk. */
  save(): void
  report(event: string, fields: Record<string, unknown>): void
}

/** One supervised process: starts it, restarts it with backoff after a crash, stops it until it is gone. */
export class Service {
  readonly name: string
  readonly #kind: ServiceKind
  readonly #hooks: ServiceHooks
  #record: ServiceRecord
  #crashes = 0
  #timer: NodeJS.Timeout | undefined
  /** The process that is our own child, until its end has been heard of. */
  #childPid: number | undefined
  #queue: Promise<unknown> = Promise.resolve()

  constructor(name: string, kind: ServiceKind, hooks: ServiceHooks, record?: ServiceRecord) {
    this.name = name
    this.#kind = kind
    this.#hooks = hooks
    this.#record = record ?? { wanted: false, restarts: 0 }
  }

  get record(): ServiceRecord {
    return this.#record
  }

  get running(): boolean {
    const { pid, identity } = this.#record
    return pid !== undefined && identity !== undefined && isAlive(pid, identity)
  }

  state(): LocalState {
    const { startedAt, configHash, exitCode, restarts, wanted } = this.#record
    const running = this.running
    const waiting = wanted && !isHopeless(exitCode)
    return {
      service: this.name,
      state: running ? 'running' : waiting ? 'restarting' : 'exited',
      restarts,
      ...(running && startedAt !== undefined ? { startedAt: new Date(startedAt) } : {}),
      ...(running && configHash !== undefined ? { configHash } : {}),
      ...(!running && exitCode !== undefined ? { exitCode } : {}),
    }
  }

  /** Takes up a process that an earlier supervisor started. */
  adopt(pid: number): void {
    const identity = processIdentity(pid)
    if (identity === undefined) return
    const same = this.#record.identity === identity
    const { configHash, ...record } = this.#record
    this.#record = {
      ...record,
      ...(same && configHash !== undefined ? { configHash } : {}),
      pid,
      identity,
      wanted: true,
      startedAt: (same ? this.#record.startedAt : undefined) ?? new Date().toISOString(),
    }
    this.#hooks.report('service_found_again', { service: this.name, pid })
    this.#hooks.save()
  }

  /**
   * Starts it unless it runs. One that waits after a crash is started at once. `check` takes its turn with it: what
   * was asked for first is done first.
   */
  start(check?: () => Promise<unknown>): Promise<void> {
    return this.#enqueue(async () => {
      await check?.()
      await this.#start()
    })
  }

  stop(): Promise<void> {
    return this.#enqueue(() => this.#stop())
  }

  /** One piece: a stop that comes in between must not be followed by the start of this. */
  restart(check: () => Promise<unknown>): Promise<void> {
    return this.#enqueue(async () => {
      await check()
      await this.#stop()
      await this.#start()
    })
  }

  /** Notices the end of a process that is not our own child, whose exit code nobody tells. Called regularly. */
  check(): void {
    const { pid } = this.#record
    if (pid !== undefined && pid !== this.#childPid && !this.running) this.#ended(undefined)
  }

  async #start(): Promise<void> {
    if (this.running) {
      this.#update({ wanted: true })
      return
    }
    this.#crashes = 0
    this.#update({ wanted: true, restarts: 0 })
    try {
      await this.#spawn()
    } catch (error) {
      // Whoever asked hears why; it is theirs to ask again.
      this.#update({ wanted: false })
      this.#logFailure(error)
      throw error
    }
  }

  async #stop(): Promise<void> {
    clearTimeout(this.#timer)
    this.#update({ wanted: false })
    const { pid, identity } = this.#record
    if (pid === undefined || identity === undefined) return
    signalProcess(pid, identity, this.#kind.stopSignal)
    if (!(await gone(pid, identity, this.#kind.stopMs))) {
      this.#hooks.report('service_killed', { service: this.name, pid })
      signalProcess(pid, identity, this.#kind.killSignal, { group: this.#kind.killSignal === 'SIGKILL' })
      if (!(await gone(pid, identity, 10_000))) throw new Error(`${this.name} (pid ${pid}) cannot be ended`)
    }
    this.#forgetProcess()
  }

  async #spawn(): Promise<void> {
    clearTimeout(this.#timer)
    const program = await this.#kind.prepare()
    const log = openSync(this.#hooks.logFile, 'a', 0o600)
    try {
      const [file = '', ...args] = program.argv
      const child = spawn(file, args, {
        cwd: program.cwd,
        env: program.env,
        ...program.user,
        detached: true,
        stdio: ['ignore', log, log],
      })
      const pid = child.pid
      if (pid === undefined) {
        child.on('error', (error) => this.#startFailed(error))
        return
      }
      const identity = processIdentity(pid)
      const { exitCode: _, ...rest } = this.#record
      this.#record = {
        ...rest,
        pid,
        startedAt: new Date().toISOString(),
        ...(identity ? { identity } : {}),
        ...(program.configHash === undefined ? {} : { configHash: program.configHash }),
      }
      this.#childPid = pid
      this.#hooks.save()
      child.on('error', (error) =>
        this.#hooks.report('service_error', { service: this.name, error: error.message }),
      )
      child.on('exit', (code, signal) => {
        if (this.#childPid === pid) this.#childPid = undefined
        if (this.#record.pid === pid)
          this.#ended(code ?? (signal === null ? undefined : 128 + constants.signals[signal]))
      })
      child.unref()
      this.#hooks.report('service_started', { service: this.name, pid })
    } finally {
      closeSync(log)
    }
  }

  #ended(exitCode: number | undefined): void {
    const ranMs = Date.now() - Date.parse(this.#record.startedAt ?? new Date().toISOString())
    this.#forgetProcess(exitCode)
    if (!this.#record.wanted) return
    this.#crashes = crashesInARow(this.#crashes, ranMs)
    this.#hooks.report('service_ended', { service: this.name, exitCode, ranMs })
    if (!isHopeless(exitCode)) this.#retryLater()
  }

  /** The start itself failed (program missing, `.env` incomplete): said in the service's own log, tried again later. */
  #startFailed(error: unknown): void {
    this.#logFailure(error)
    this.#crashes += 1
    this.#retryLater()
  }

  #logFailure(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error)
    this.#hooks.report('service_start_failed', { service: this.name, error: text })
    const line = { level: 50, time: Date.now(), msg: 'start_failed', service: this.name, error: text }
    unlessDiskFull(() => appendFileSync(this.#hooks.logFile, `${JSON.stringify(line)}\n`, { mode: 0o600 }))
  }

  #retryLater(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      void this.#enqueue(async () => {
        if (!this.#record.wanted || this.running) return
        this.#update({ restarts: this.#record.restarts + 1 })
        await this.#spawn()
      }).catch((error: unknown) => this.#startFailed(error))
    }, backoffMs(this.#crashes))
  }

  #update(change: Partial<ServiceRecord>): void {
    this.#record = { ...this.#record, ...change }
    this.#hooks.save()
  }

  #forgetProcess(exitCode?: number): void {
    const { wanted, restarts } = this.#record
    this.#record = { wanted, restarts, ...(exitCode === undefined ? {} : { exitCode }) }
    this.#hooks.save()
  }

  /** One thing at a time per service: a start never overtakes the stop before it. */
  #enqueue(work: () => Promise<void>): Promise<void> {
    const next = this.#queue.then(work, work)
    this.#queue = next.catch(() => undefined)
    return next
  }
}

async function gone(pid: number, identity: string, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs
  while (isAlive(pid, identity)) {
    if (Date.now() > deadline) return false
    await sleep(50)
  }
  return true
}
