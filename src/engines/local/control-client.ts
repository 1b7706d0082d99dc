import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { createRequire } from 'node:module'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { BookctlError } from '../../errors.ts'
import { isAlive } from '../../exec/process-identity.ts'
import { PROGRAM } from '../../files/package-root.ts'
import type { Fleet } from '../../fleet/fleet.ts'
import type { Asked, SentError } from './control-server.ts'
import { type LocalLayout, localLayout } from './layout.ts'
import { lastLines } from './log-reader.ts'

interface SupervisorInfo {
  port: number
  token: string
  pid: number
  identity: string
  /** Of the bookctl that it runs; a supervisor of an early version has none. */
  program?: string
}

/** The recorded supervisor, dead or alive; undefined when the fleet is not up. */
export function findSupervisor(layout: LocalLayout): (SupervisorInfo & { alive: boolean }) | undefined {
  if (!existsSync(layout.supervisor)) return undefined
  const info = JSON.parse(readFileSync(layout.supervisor, 'utf8')) as SupervisorInfo
  return { ...info, alive: isAlive(info.pid, info.identity) }
}

/** The living supervisor, started when there is none. `fresh` says that we started it. */
export async function ensureSupervisor(fleet: Fleet): Promise<SupervisorInfo & { fresh: boolean }> {
  const layout = localLayout(fleet)
  const known = findSupervisor(layout)
  if (known?.alive) return { ...known, fresh: false }
  mkdirSync(layout.logs, { recursive: true, mode: 0o700 })
  startDetached(fleet, layout)
  const deadline = Date.now() + 30_000
  while (Date.now() < deadline) {
    const info = findSupervisor(layout)
    if (info?.alive) return { ...info, fresh: true }
    await sleep(50)
  }
  const lines = (await lastLines(layout.log('supervisor'), 10)).join('\n')
  throw new BookctlError('supervisor-failed', 'partly', `The fleet's supervisor did not start\n${lines}`)
}

/**
 * Asks the supervisor; its refusal comes back as the same BookctlError. Waits as long as it takes, or until `signal`
 * aborts; the supervisor goes on all the same.
 */
export async function ask(
  at: SupervisorInfo,
  word: string,
  body: Asked = {},
  signal?: AbortSignal,
): Promise<unknown> {
  const answer = await post(at, word, JSON.stringify(body), signal)
  const parsed = JSON.parse(answer || '{}') as { result?: unknown; error?: SentError }
  if (parsed.error) {
    const { code, exit, message, hint } = parsed.error
    throw new BookctlError(code, exit, message, hint === undefined ? {} : { hint })
  }
  return parsed.result
}

function post(at: SupervisorInfo, word: string, body: string, signal?: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${at.token}`, 'content-length': Buffer.byteLength(body) }
    const to = { host: '127.0.0.1', port: at.port, path: `/${word}`, method: 'POST', headers }
    const asked = request({ ...to, ...(signal ? { signal } : {}) })
    asked.on('response', (response) => void text(response).then(resolve, reject))
    asked.on('error', (cause) =>
      reject(
        signal?.aborted
          ? notWaitedFor(word)
          : new BookctlError(
              'supervisor-gone',
              'partly',
              `The fleet's supervisor went away during '${word}'`,
              {
                hint: 'Run the command again: it starts a new one, which finds the running processes.',
                cause,
              },
            ),
      ),
    )
    asked.end(body)
  })
}

function notWaitedFor(word: string): BookctlError {
  return new BookctlError('interrupted', 'interrupted', `Not waiting any longer; '${word}' goes on`, {
    hint: `See how far it is with: bookctl status. Wait for it again with: bookctl ${word}`,
  })
}

/** Own session, output to its log file: it outlives the command and its terminal. */
function startDetached(fleet: Fleet, layout: LocalLayout): void {
  const program = fileURLToPath(PROGRAM.supervisor)
  const tsx = () => pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const loader = program.endsWith('.ts') ? ['--import', tsx()] : []
  const log = openSync(layout.log('supervisor'), 'a', 0o600)
  const child = spawn(process.execPath, [...loader, program, fleet.dir], {
    cwd: fleet.dir,
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  child.unref()
}
