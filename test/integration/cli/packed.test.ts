import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSandboxClient } from '../../../sandbox/client.ts'
import { type Sandbox, startSandbox } from '../../../sandbox/server.ts'
import { bookctl } from '../../support/cli.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
let dir: string
let sandbox: Sandbox
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'bookctl-packed-'))
  sandbox = await startSandbox()
  const made = execFileSync(
    'npm',
    ['pack', '--ignore-scripts', '--silent', `--pack-destination=${dir}`, root],
    {
      cwd: dir,
      encoding: 'utf8',
    },
  )
  execFileSync('tar', ['-xzf', made.trim()], { cwd: dir })
})
afterAll(async () => {
  await sandbox.close()
  rmSync(dir, { recursive: true, force: true })
})

const inPackage = (...path: string[]) => join(dir, 'package', ...path)

test('what `npm pack` makes runs a fleet and its bots with no other package on the machine', async () => {
  const run = (...args: string[]) => bookctl(args, { cwd: dir, program: inPackage('bin', 'bookctl.js') })
  const { token } = await createSandboxClient(sandbox.url).createBot({ name: 'Anna' })
  writeFileSync(join(dir, 'token'), token, { mode: 0o600 })
  const init = ['init', '--yes', '--engine', 'local', '--telegram-api-root', sandbox.url]
  const add = ['client', 'add', 'anna', '--title', 'Anna', '--token-file', 'token', '--timezone', 'UTC']
  try {
    for (const command of [init, ['up'], add]) expect(await run(...command)).toMatchObject({ exitCode: 0 })
    expect((await run('status')).stdout).toMatch(/client_anna +Anna +✓ ready/)
    expect(await run('diff')).toMatchObject({ stdout: 'Nothing to do.\n', exitCode: 0 })
  } finally {
    const gone = await run('down', '--delete-data', '--confirm', 'booking')
    expect(gone).toMatchObject({ exitCode: 0 })
  }
})

test('the licence of every package that is bundled is passed on', () => {
  const text = readFileSync(inPackage('dist', 'LICENCES.txt'), 'utf8')
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>
  }
  for (const name of ['pg', 'ioredis', 'zod', '@aws-sdk/client-s3', 'commander'])
    expect(text).toContain(`${name} ${devDependencies[name]} (`)
})

test('help loads the declarations of the commands and commander, and no other package', () => {
  const seen = new Set<string>()
  const visit = (file: string) => {
    if (seen.has(file)) return
    seen.add(file)
    const code = readFileSync(inPackage('dist', 'src', file), 'utf8')
    for (const [, next] of code.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)) visit(next ?? '')
  }
  visit('cli.js')
  const packages = [...seen].flatMap((file) => {
    const map = inPackage('dist', 'src', `${file}.map`)
    if (!existsSync(map)) return []
    const { sources } = JSON.parse(readFileSync(map, 'utf8')) as { sources: string[] }
    return sources.flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? [])
  })
  expect([...new Set(packages)]).toEqual(['commander'])
})

test('a fault that --verbose prints names the lines of the sources', async () => {
  const fleet = join(dir, 'broken')
  mkdirSync(join(fleet, 'fleet.yml'), { recursive: true })
  const program = inPackage('bin', 'bookctl.js')
  const { stderr } = await bookctl(['status', '--verbose', '--fleet', fleet], { program })
  expect(stderr).toMatch(/src\/fleet\/fleet\.ts:\d+:\d+/)
})
