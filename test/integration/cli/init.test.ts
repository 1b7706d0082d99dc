import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parse } from '../../../src/env/dotenv.ts'
import { bookctl } from '../../support/cli.ts'

let parent: string
let dir: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'bookctl-init-'))
  dir = join(parent, 'fleet')
})
afterEach(() => rmSync(parent, { recursive: true }))

const init = (...flags: string[]) => bookctl(['init', dir, ...flags])
const read = (name: string) => readFileSync(join(dir, name), 'utf8')
const mode = (name: string) => (statSync(join(dir, name)).mode & 0o777).toString(8)

/** Every file below a folder with its content and mode. */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()
  return Object.fromEntries(
    files.map((name) => {
      const entry = lstatSync(join(folder, name))
      const text = entry.isFile() ? readFileSync(join(folder, name), 'utf8') : ''
      return [name, `${(entry.mode & 0o777).toString(8)} ${text}`]
    }),
  )
}

describe('bookctl init', () => {
  test('makes the whole fleet folder from two flags, and says what comes next', async () => {
    const { stdout, stderr, exitCode } = await init(
      '--name',
      'salons',
      '--timezone',
      'Asia/Yekaterinburg',
      '--engine',
      'local',
    )
    expect(stdout).toBe(
      `Made the fleet salons (engine local) in ${dir}: .env, .env.example, .gitignore, fleet.yml\n`,
    )
    expect(stderr).toContain(`Next: cd ${dir} && bookctl up`)
    expect(exitCode).toBe(0)
    expect(readdirSync(dir).toSorted()).toEqual(
      ['.bookctl', '.env', '.env.example', '.gitignore', 'backups', 'clients', 'fleet.yml'].toSorted(),
    )
    expect(read('fleet.yml')).toContain('\nname: salons\n')
    expect(read('fleet.yml')).toContain('\ntimeZone: Asia/Yekaterinburg\n')
  })

  test('makes secrets that only their owner can read, each its own, and none of them for git', async () => {
    await init('--yes')
    expect(['.env', '.bookctl', '.bookctl/age-identity.txt'].map(mode)).toEqual(['600', '700', '600'])
    const env = parse(read('.env'))
    const [postgres = '', redis = ''] = [env.get('POSTGRES_PASSWORD'), env.get('REDIS_PASSWORD')]
    expect(postgres).toMatch(/^[\w-]{43}$/)
    expect(redis).toMatch(/^[\w-]{43}$/)
    expect(postgres).not.toBe(redis)
    expect([...parse(read('.env.example')).keys()]).toEqual([...env.keys()])
    for (const file of ['.env.example', 'fleet.yml']) {
      expect(read(file)).not.toContain(postgres)
      expect(read(file)).not.toContain('AGE-SECRET-KEY')
    }
    expect(read('.gitignore').split('\n')).toEqual(expect.arrayContaining(['.env', '.bookctl/', 'backups/']))
  })

  test('run again changes nothing and says so', async () => {
    await init('--yes', '--name', 'one')
    const before = contents(dir)
    const again = await init('--yes', '--name', 'two')
    expect(again).toMatchObject({
      stdout: `${dir} is a fleet already; nothing was changed.\n`,
      exitCode: 0,
    })
    expect(contents(dir)).toEqual(before)
    expect(JSON.parse((await init('--json')).stdout)).toEqual({ dir, changed: false, written: [] })
  })

  test.each([['docker-compose.yml'], ['.env'], ['compose.yaml']])(
    'changes nothing in a folder that holds somebody else’s %s, names it and suggests another folder',
    async (file) => {
      mkdirSync(dir)
      writeFileSync(join(dir, file), 'MINE=1\n')
      const before = contents(dir)
      const { stdout, stderr, exitCode } = await init('--yes')
      expect(exitCode).toBe(5)
      expect(stdout).toBe('')
      expect(stderr).toBe(
        `✗ ${dir} holds files that bookctl did not write: ${file}. Nothing was changed.\n` +
          `  Choose another folder, as in: bookctl init ${join(dir, 'fleet')}\n`,
      )
      expect(contents(dir)).toEqual(before)
    },
  )

  test.each([
    ['--name', 'Big Fleet', 'name: lower-case letters'],
    ['--timezone', 'Mars/Base', 'timeZone: an IANA time zone such as Europe/Moscow'],
    ['--telegram-api-root', 'ftp://x', 'telegram.apiRoot: '],
    ['--engine', 'magic', 'Allowed choices are compose, local'],
  ])('refuses %s %s and makes no folder', async (flag, value, reason) => {
    const { stderr, exitCode } = await init('--yes', flag, value)
    expect(stderr).toContain(reason)
    expect(exitCode).toBe(2)
    expect(existsSync(dir)).toBe(false)
  })

  test('keeps the .gitignore of a project that was there, and adds only what must not get into git', async () => {
    mkdirSync(dir)
    writeFileSync(join(dir, '.gitignore'), '# ours\r\n.env\r\nnode_modules')
    await init('--yes')
    expect(read('.gitignore')).toBe(
      '# ours\r\n.env\r\nnode_modules\r\n.env.*\r\n!.env.example\r\n.bookctl/\r\nbackups/\r\n',
    )
  })

  test('killed at any moment is completed by the next run, with the secrets that it had made', async () => {
    const marks = ['.bookctl', 'backups', '.bookctl/age-identity.txt', '.env', '.env.example', '.gitignore']
    for (const mark of marks) {
      rmSync(dir, { recursive: true, force: true })
      await bookctl(['init', dir, '--yes'], {
        onStart: (child) => {
          const watch = setInterval(() => {
            if (existsSync(join(dir, mark)) && child.kill('SIGKILL')) clearInterval(watch)
          }, 1)
        },
      })
      const made = ['.env', '.bookctl/age-identity.txt'].map(
        (name) => existsSync(join(dir, name)) && read(name),
      )
      const { exitCode, stderr } = await init('--yes')
      expect([exitCode, stderr.includes('✗')]).toEqual([0, false])
      const now = ['.env', '.bookctl/age-identity.txt'].map(read)
      for (const [at, text] of made.entries()) if (text) expect(now[at]).toBe(text)
      const recipient = /recipient: (\S+)/.exec(read('.bookctl/age-identity.txt'))?.[1]
      expect(read('fleet.yml')).toContain(`ageRecipient: ${recipient}`)
    }
  })
})
