import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { updateEnvFile } from '../../../src/env/env-file.ts'
import { TEMPORARY } from '../../../src/files/atomic.ts'
import type { Fleet } from '../../../src/fleet/fleet.ts'
import { fleetPaths } from '../../../src/fleet/paths.ts'
import { eventually } from '../../support/throwaway-servers.ts'

let dir: string
let fleet: Fleet
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'bookctl-files-'))
  fleet = { dir, paths: fleetPaths(dir) } as Fleet
  mkdirSync(fleet.paths.state)
  mkdirSync(fleet.paths.clients)
  writeFileSync(fleet.paths.env, '# mine\nA=1\n', { mode: 0o600 })
})
afterEach(() => rmSync(dir, { recursive: true }))

/** Another bookctl, which adds an entry that is so long that its writing can be seen. */
function writer() {
  const module = new URL('../../../src/env/env-file.ts', import.meta.url).href
  const paths = new URL('../../../src/fleet/paths.ts', import.meta.url).href
  const program = `
    const { updateEnvFile } = await import(${JSON.stringify(module)})
    const { fleetPaths } = await import(${JSON.stringify(paths)})
    const long = 'x'.repeat(100_000_000)
    await updateEnvFile({ paths: fleetPaths(${JSON.stringify(dir)}) }, { set: { LONG: long } })`
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    stdio: 'inherit',
  })
}

test('killed in the middle of writing .env, it leaves the old file whole, and the next write takes its half away', async () => {
  const child = writer()
  const ended = once(child, 'exit')
  await eventually(async () => {
    const half = readdirSync(dir).some((file) => TEMPORARY.test(file))
    if (!half && child.exitCode === null) throw new Error('it does not write yet')
  })
  child.kill('SIGKILL')
  await ended
  expect(readFileSync(fleet.paths.env, 'utf8')).toBe('# mine\nA=1\n')
  expect(readdirSync(dir).filter((file) => TEMPORARY.test(file))).toHaveLength(1)
  await updateEnvFile(fleet, { set: { B: '2' } })
  expect(readFileSync(fleet.paths.env, 'utf8')).toBe('# mine\nA=1\nB=2\n')
  expect(readdirSync(dir).toSorted()).toEqual(['.bookctl', '.env', 'clients'])
})

test('names of lock holders that were killed on their way are taken away; those of living ones are not', async () => {
  const gone = spawn(process.execPath, ['-e', '0'])
  await once(gone, 'exit')
  const host = (await import('node:os')).hostname()
  const living = `files.lock.${process.pid}@${host}.aaaaaaaaaaaa`
  for (const name of [living, `files.lock.${gone.pid}@${host}.bbbbbbbbbbbb`])
    writeFileSync(join(fleet.paths.state, name), '')
  writeFileSync(join(fleet.paths.state, 'files.lock.takeover'), `${gone.pid}@${host}`)
  await updateEnvFile(fleet, { set: { B: '2' } })
  expect(readdirSync(fleet.paths.state)).toEqual([living])
})
