import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { isAlive, processIdentity } from '../../../src/exec/process-identity.ts'
import { bookctl } from '../../support/cli.ts'
import { type Frozen, freeze } from '../../support/freeze.ts'
import { inTerminal, type Terminal } from '../../support/terminal.ts'
import { eventually } from '../../support/throwaway-servers.ts'

const program = fileURLToPath(new URL('../../../bin/bookctl.js', import.meta.url))
const CTRL_C = '\x03'

let dir: string
let terminal: Terminal | undefined
let frozen: Frozen | undefined
const run = (...args: string[]) => bookctl(args, { cwd: dir })

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'bookctl-interrupted-'))
  await run('init', '--yes', '--name', 'salons', '--engine', 'local')
})
afterEach(async () => {
  frozen?.thaw()
  await terminal?.close()
})
afterAll(async () => {
  await run('down', '--delete-data', '--confirm', 'salons')
  rmSync(dir, { recursive: true })
})

/** Types Ctrl-C as soon as the command waits for its engine; answers with its exit code. */
async function interrupt(args: readonly string[], step: string): Promise<number | null> {
  terminal = inTerminal([process.execPath, program, ...args], { cwd: dir })
  await terminal.sees(step)
  terminal.type(CTRL_C)
  return terminal.exited()
}

test('Ctrl-C during up ends the command at once; the servers go on starting, and up again waits for them', async () => {
  // The first start makes the files of PostgreSQL, which takes seconds.
  expect(await interrupt(['up'], 'Start PostgreSQL, Redis and bots')).toBe(130)
  await terminal?.sees("Not waiting any longer; 'up' goes on")
  expect((await run('up')).exitCode).toBe(0)
})

test('Ctrl-C during down ends the command at once and deletes nothing; down again finishes', async () => {
  frozen = freeze(dir, 'redis')
  const { pid } = frozen
  const identity = processIdentity(pid) ?? 'gone'
  const args = ['down', '--delete-data', '--confirm', 'salons']
  expect(await interrupt(args, 'Stop bots, Redis and PostgreSQL')).toBe(130)
  await terminal?.sees("Not waiting any longer; 'down' goes on")
  expect(isAlive(pid, identity)).toBe(true)
  frozen.thaw()
  frozen = undefined
  await eventually(async () => {
    expect(isAlive(pid, identity)).toBe(false)
    expect(existsSync(join(dir, '.bookctl/local/supervisor.json'))).toBe(false)
  })
  expect((await run('down')).stdout).toBe('Stopped; the data is kept.\n')
  expect(existsSync(join(dir, '.bookctl/local/data-folder.json'))).toBe(true)
  expect((await run('up')).exitCode).toBe(0)
})
