import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { bundleBot } from '../../scripts/bundle.mjs'
import { eventually } from './throwaway-servers.ts'

// Bundled from the sources once for each file of tests: from the sources each start would compile hundreds of files.
const folder = mkdtempSync(join(tmpdir(), 'bookctl-bot-'))
const program = join(folder, 'bot.mjs')
beforeAll(() => bundleBot(program))
afterAll(() => rmSync(folder, { recursive: true }))

/** A bot as an engine runs it: a process of its own, told everything by its environment. */
export interface ChildBot {
  readonly pid: number
  /** Everything it has printed, as it came. */
  output(): string
  /** The lines of its log with this event. */
  events(event: string): Record<string, unknown>[]
  /** Waits for a line with this event. */
  logged(event: string): Promise<Record<string, unknown>>
  kill(signal: NodeJS.Signals): Promise<number | null>
  /** Resolves to the exit code; null after a signal. */
  exited(): Promise<number | null>
}

const running = new Set<ChildProcess>()

export function startChildBot(env: Record<string, string>, args: readonly string[] = ['client']): ChildBot {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let printed = ''
  const take = (chunk: Buffer) => {
    printed += chunk.toString()
  }
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  const gone = once(child, 'close').then(([code]) => {
    running.delete(child)
    return code as number | null
  })
  const events = (event: string) =>
    printed
      .split('\n')
      .filter((line) => line.startsWith('{') && line.endsWith('}'))
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter((line) => line['event'] === event)
  return {
    pid: child.pid ?? 0,
    output: () => printed,
    events,
    logged: (event) =>
      eventually(async () => {
        const found = events(event).at(-1)
        if (!found) throw new Error(`no ${event} in the log:\n${printed}`)
        return found
      }),
    kill: (signal) => {
      child.kill(signal)
      return gone
    },
    exited: () => gone,
  }
}

/** For afterEach: a test that failed leaves no bot behind. */
export async function killChildBots(): Promise<void> {
  await Promise.all(
    [...running].map(async (child) => {
      const closed = once(child, 'close')
      child.kill('SIGKILL')
      await closed
    }),
  )
}
