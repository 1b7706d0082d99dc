import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bookctl } from '../../support/cli.ts'

const program = fileURLToPath(new URL('../../../bin/bookctl.js', import.meta.url))
let dir: string
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'bookctl-shell-'))
  await bookctl(['init', '--yes'], { cwd: dir })
})
afterAll(() => rmSync(dir, { recursive: true }))

describe('help', () => {
  test('every command has one, on stdout, with exit code 0', async () => {
    const commands = [
      [],
      ...['init', 'up', 'down', 'status', 'sandbox', 'completion', 'client'].map((name) => [name]),
      ...['add', 'list', 'show', 'set', 'start', 'stop', 'restart', 'logs', 'remove'].map((verb) => [
        'client',
        verb,
      ]),
    ]
    for (const command of commands) {
      const { stdout, stderr, exitCode } = await bookctl([...command, '--help'])
      expect([stderr, exitCode]).toEqual(['', 0])
      expect(stdout).toMatch(new RegExp(`^Usage: ${['bookctl', ...command].join(' ')} `))
      expect(stdout).toContain('--json')
    }
  })

  test('the version is one line', async () => {
    expect((await bookctl(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})

describe('mistakes in what was typed', () => {
  test.each([
    [['clinet', 'list'], "✗ unknown command 'clinet'\n(Did you mean client?)\n"],
    [['client', 'lst'], "✗ unknown command 'lst'\n(Did you mean list?)\n"],
    [['up', '--vrebose'], "✗ unknown option '--vrebose'\n(Did you mean --verbose?)\n"],
    [['completion'], "✗ missing required argument 'shell'\n"],
    [
      ['sandbox', '--port', 'high'],
      '✗ --port high is not a port\n  Give a number from 0 (any free one) to 65535.\n',
    ],
  ])('%j: exit code 2, nothing on stdout, and what was meant', async (args, message) => {
    expect(await bookctl(args)).toEqual({ stdout: '', stderr: message, exitCode: 2 })
  })

  test('a token that was typed in the wrong place is not printed back', async () => {
    const token = `8123456789:${'AAbbCCdd-_'.repeat(3)}12345`
    const { stderr, exitCode } = await bookctl([token])
    expect(exitCode).toBe(2)
    expect(stderr).toContain('[redacted]')
    expect(stderr).not.toContain(token)
  })
})

describe('--json', () => {
  test('an error is one document on stdout', async () => {
    const { stdout, exitCode } = await bookctl(['status', '--json'], { cwd: tmpdir() })
    expect(exitCode).toBe(4)
    expect(JSON.parse(stdout)).toEqual({
      error: {
        code: 'fleet-not-found',
        message: `There is no fleet in ${tmpdir()} or above it`,
        hint: 'Make one with: bookctl init, or name one with --fleet DIR.',
        exitCode: 4,
      },
    })
  })

  test('a mistake in what was typed is one too', async () => {
    const { stdout, exitCode } = await bookctl(['--json', 'up', '--nope'])
    expect(JSON.parse(stdout)).toEqual({
      error: { code: 'usage', message: "unknown option '--nope'", exitCode: 2 },
    })
    expect(exitCode).toBe(2)
  })
})

describe('the fleet', () => {
  test('is found from a folder below, by --fleet before or after the command, and by BOOKCTL_FLEET', async () => {
    const below = join(dir, 'clients', 'deep')
    mkdirSync(below, { recursive: true })
    const runs = [
      bookctl(['down', '--json'], { cwd: below }),
      bookctl(['--fleet', dir, 'down', '--json'], { cwd: tmpdir() }),
      bookctl(['down', '--json', '--fleet', dir], { cwd: tmpdir() }),
      bookctl(['down', '--json'], { cwd: tmpdir(), env: { BOOKCTL_FLEET: dir } }),
    ]
    for (const { stdout, exitCode } of await Promise.all(runs))
      expect([JSON.parse(stdout), exitCode]).toEqual([{ stopped: true, dataDeleted: false }, 0])
  })

  test('with mistakes in fleet.yml is refused with all of them', async () => {
    const broken = mkdtempSync(join(tmpdir(), 'bookctl-broken-'))
    writeFileSync(join(broken, 'fleet.yml'), 'name: Big\nengine: magic\ntimeZone: Mars/Base\nextra: 1\n')
    const { stderr, exitCode } = await bookctl(['up'], { cwd: broken })
    rmSync(broken, { recursive: true })
    expect(exitCode).toBe(10)
    for (const part of ['name: ', 'engine: ', 'timeZone: ', 'backup: ', '"extra"'])
      expect(stderr).toContain(part)
  })
})

describe('the terminal', () => {
  test('nothing is coloured in a pipe, unless FORCE_COLOR asks for it', async () => {
    // oxlint-disable-next-line no-control-regex
    const coloured = /\u001B\[/
    const ask = ['client', 'add', 'anna', '--token', 'not-one']
    expect((await bookctl(ask, { cwd: dir })).stderr).not.toMatch(coloured)
    expect((await bookctl(ask, { cwd: dir, env: { FORCE_COLOR: '1' } })).stderr).toMatch(coloured)
  })

  test('--quiet leaves only results and errors', async () => {
    expect(await bookctl(['down', '--quiet'], { cwd: dir })).toEqual({
      stdout: 'Stopped; the data is kept.\n',
      stderr: '',
      exitCode: 0,
    })
  })

  test('a reader that goes away early is no error', async () => {
    const child = spawn('bash', [
      '-c',
      `'${process.execPath}' '${program}' completion bash | true; echo \${PIPESTATUS[0]}`,
    ])
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    await once(child, 'close')
    expect([stdout, stderr]).toEqual(['0\n', ''])
  })

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends the sandbox in order with exit code %i', async (signal, code) => {
    const child = spawn(process.execPath, [program, 'sandbox', '--port', '0', '--json'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [first] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string]
    const { url } = JSON.parse(first) as { url: string }
    expect((await fetch(url)).status).toBe(200)
    child.kill(signal)
    expect((await once(child, 'close'))[0]).toBe(code)
    await expect(fetch(url)).rejects.toThrow('fetch failed')
  })
})
