import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findPostgresBin } from '../../../src/engines/local/binaries.ts'
import { REMOVE } from '../../support/command-cases.ts'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'
import { goesOnWith } from '../../support/kill-at-step.ts'
import { eventually } from '../../support/throwaway-servers.ts'

let fleet: TestFleet
beforeAll(async () => {
  fleet = await fleetWith()
})
afterAll(() => fleet?.stop())

/** PostgreSQL's programs, with a pg_dump that never ends by itself and tells its pid. */
function slowPrograms(): { bin: string; pid: () => number } {
  const bin = join(fleet.dir, 'slow-programs')
  const pidFile = join(bin, 'pid')
  rmSync(bin, { recursive: true, force: true })
  mkdirSync(bin, { recursive: true })
  for (const tool of ['pg_restore', 'postgres', 'pg_isready', 'initdb'])
    writeFileSync(join(bin, tool), `#!/bin/sh\nexec ${findPostgresBin()}/${tool} "$@"\n`)
  writeFileSync(join(bin, 'pg_dump'), `#!/bin/sh\necho $$ > ${pidFile}\nwhile :; do sleep 0.1; done\n`)
  for (const tool of ['pg_restore', 'postgres', 'pg_isready', 'initdb', 'pg_dump'])
    chmodSync(join(bin, tool), 0o755)
  return { bin, pid: () => (existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0) }
}

/** One that has ended has no command line any more, also where nobody has asked for its exit code yet. */
const isAlive = (pid: number) =>
  existsSync(`/proc/${pid}`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('pg_dump')

/** Runs a removal until its pg_dump, which does not end by itself, is on record. */
async function untilItDumps(args: readonly string[]) {
  const { bin, pid } = slowPrograms()
  let child: { kill(signal: NodeJS.Signals): boolean } | undefined
  const ended = fleet.bookctl(args, {
    env: { BOOKCTL_PG_BIN: bin },
    onStart: (started) => (child = started),
  })
  await eventually(async () => {
    const [row] = await fleet.sql<{ child_pids: number[] }>(
      `select child_pids from fleet.operations where state = 'running'`,
    )
    if (pid() === 0 || !row?.child_pids.includes(pid())) throw new Error('pg_dump is not on record yet')
  })
  return { ended, dump: pid(), kill: (signal: NodeJS.Signals) => void child?.kill(signal) }
}

test('a pg_dump that outlived its killed bookctl is ended by the next run', async () => {
  const args = await REMOVE.prepare(fleet, 'client_anna')
  const removal = await untilItDumps(args)
  removal.kill('SIGKILL')
  await removal.ended
  expect(isAlive(removal.dump)).toBe(true)
  await fleet.ok(args)
  expect(isAlive(removal.dump)).toBe(false)
})

test('Ctrl-C in a terminal reaches pg_dump, too: nothing is removed, the bot works again, and it says how to go on', async () => {
  const args = await REMOVE.prepare(fleet, 'client_boris')
  const removal = await untilItDumps(args)
  removal.kill('SIGINT')
  process.kill(removal.dump, 'SIGINT')
  const result = await removal.ended
  expect(result.exitCode).toBe(130)
  const [client] = await fleet.sql(
    `select state, (select rolcanlogin from pg_roles where rolname = client_id) as login
       from fleet.clients where client_id = 'client_boris'`,
  )
  expect(client).toEqual({ state: 'active', login: true })
  await fleet.ok(['client', 'start', 'boris'])
  expect((await fleet.ok(goesOnWith(result, args))).stdout).toContain('client_boris: removed')
})
