import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXIT } from '../../../src/errors.ts'
import { bookctl } from '../../support/cli.ts'

// What an operator reads where Docker is missing, old, stopped or not theirs to use. The programs named docker here say
// what the real one says then.

let dir: string
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'bookctl-docker-'))
  await bookctl(['init', '--yes', '--name', 'away', '--engine', 'compose', '--timezone', 'UTC'], { cwd: dir })
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** A PATH on which `docker` is this script; without one there is none. */
function pathWith(script?: string): string {
  const folder = mkdtempSync(join(dir, 'bin-'))
  symlinkSync(process.execPath, join(folder, 'node'))
  symlinkSync('/bin/sh', join(folder, 'sh'))
  if (script !== undefined) writeFileSync(join(folder, 'docker'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return folder
}

describe.each<[string, string | undefined, number, RegExp, RegExp]>([
  [
    'is not installed',
    undefined,
    EXIT.preflight,
    /Docker is not installed/,
    /docs\.docker\.com.*engine: local/s,
  ],
  [
    'does not answer',
    'echo "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?" >&2; exit 1',
    EXIT.partly,
    /Docker does not answer/,
    /systemctl start docker/,
  ],
  [
    'is not theirs to use',
    'echo "permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock" >&2; exit 1',
    EXIT.preflight,
    /may not use Docker/,
    /usermod -aG docker/,
  ],
  [
    'has no Compose plugin',
    `[ "$1" = compose ] && { echo "docker: 'compose' is not a docker command." >&2; exit 1; }; echo 27.0.0`,
    EXIT.preflight,
    /no Compose v2 plugin/,
    /docker-compose-plugin/,
  ],
  [
    'has a Compose that is too old',
    '[ "$1" = compose ] && { echo 2.17.3; exit 0; }; echo 20.10.0',
    EXIT.preflight,
    /Compose 2\.17\.3 is too old: 2\.20 or newer/,
    /docker-compose-plugin/,
  ],
])('where Docker %s', (_, script, exitCode, message, hint) => {
  test('up says so, with what to do, and writes nothing', async () => {
    const result = await bookctl(['up'], { cwd: dir, env: { PATH: pathWith(script) } })
    expect(result.exitCode).toBe(exitCode)
    expect(result.stderr).toMatch(message)
    expect(result.stderr).toMatch(hint)
    expect(result.stdout).toBe('')
  })

  test('init without --engine makes a fleet of this host’s own processes', async () => {
    const fresh = mkdtempSync(join(dir, 'fresh-'))
    const result = await bookctl(['init', '--yes', '--json'], { cwd: fresh, env: { PATH: pathWith(script) } })
    expect(JSON.parse(result.stdout)).toMatchObject({ engine: 'local' })
  })
})
