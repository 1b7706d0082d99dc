import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readEnvFile, requireEnv, updateEnvFile } from '../../../src/env/env-file.ts'
import {
  findDeclaration,
  getDeclaration,
  listDeclarations,
  listWritten,
  removeDeclaration,
  selectClients,
  updateDeclaration,
  writeDeclaration,
} from '../../../src/fleet/clients.ts'
import { withFileLock } from '../../../src/fleet/file-lock.ts'
import { type Fleet, loadFleet, saveFleetPorts } from '../../../src/fleet/fleet.ts'
import { initFleet } from '../../../src/fleet/init.ts'
import type { ClientDeclaration } from '../../../src/fleet/schema.ts'

let dir: string
let fleet: Fleet
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'bookctl-fleet-'))
  await initFleet(dir, { name: 'test', timeZone: 'Europe/Moscow', engine: 'local', apiRoot: null })
  fleet = await loadFleet(dir)
})
afterEach(() => rmSync(dir, { recursive: true }))

const anna: ClientDeclaration = {
  id: 'client_anna',
  uuid: randomUUID(),
  title: 'Anna: nails & more # 1',
  timeZone: 'Asia/Yekaterinburg',
  run: true,
  initial: {
    address: 'Lenina 1, "corner"',
    workHours: { start: 10, end: 20 },
    services: [{ name: 'Manicure', minutes: 60, price: 1500, description: '' }],
  },
}
const file = (id: string) => readFileSync(fleet.paths.clientFile(id), 'utf8')

describe('a client’s file', () => {
  test('is read back as it was declared, and explains itself', async () => {
    await writeDeclaration(fleet, anna)
    expect(await getDeclaration(fleet, 'client_anna')).toEqual(anna)
    expect(file('client_anna')).toMatch(/^# The client client_anna of this fleet/)
  })

  test('edited by hand with Windows line ends, keeps all but the changed value', async () => {
    await writeDeclaration(fleet, anna)
    const edited = `${file('client_anna').replaceAll('\n', '\r\n')}# a note of mine`
    writeFileSync(fleet.paths.clientFile('client_anna'), edited)
    expect(await updateDeclaration(fleet, 'client_anna', { run: false })).toBe(true)
    expect(file('client_anna')).toBe(edited.replace('run: true', 'run: false'))
    expect(await updateDeclaration(fleet, 'client_anna', { run: false, title: anna.title })).toBe(false)
  })

  test('may be written by hand without a uuid: it hides no other client, and the command that gives it one is named', async () => {
    await writeDeclaration(fleet, anna)
    const text =
      '# mine\nx-bookctl:\n  # of the salon\n  id: client_new\n  title: New\n  timeZone: Asia/Omsk\n'
    writeFileSync(fleet.paths.clientFile('client_new'), text)
    expect(await listDeclarations(fleet)).toEqual([anna])
    expect((await listWritten(fleet)).map(({ id }) => id)).toEqual(['client_anna', 'client_new'])
    await expect(getDeclaration(fleet, 'client_new')).rejects.toMatchObject({
      code: 'uuid-missing',
      hint: expect.stringContaining('bookctl apply client_new'),
    })
    const uuid = randomUUID()
    expect(await updateDeclaration(fleet, 'client_new', { uuid })).toBe(true)
    expect(file('client_new')).toBe(text.replace('  id:', `  uuid: ${uuid}\n  id:`))
  })

  test('with mistakes is named with every one of them', async () => {
    writeFileSync(
      fleet.paths.clientFile('client_bad'),
      'x-bookctl:\n  id: client_bad\n  uuid: nonsense\n  timeZone: Mars/Base\n',
    )
    await expect(listDeclarations(fleet)).rejects.toMatchObject({
      exitCode: 10,
      message: expect.stringMatching(
        /^clients\/client_bad\.yml has mistakes:\n.*uuid.*\n.*title.*\n.*timeZone/s,
      ),
    })
  })

  test('under another name than its id is refused', async () => {
    await writeDeclaration(fleet, anna)
    writeFileSync(fleet.paths.clientFile('client_copy'), file('client_anna'))
    await expect(findDeclaration(fleet, 'client_copy')).rejects.toMatchObject({ code: 'file-invalid' })
  })

  test('goes once, and going twice is no error', async () => {
    await writeDeclaration(fleet, anna)
    expect(await removeDeclaration(fleet, 'client_anna')).toBe(true)
    expect(await removeDeclaration(fleet, 'client_anna')).toBe(false)
    expect(await listDeclarations(fleet)).toEqual([])
  })
})

describe('naming clients', () => {
  test('a mistyped id is answered with the nearest one', async () => {
    await writeDeclaration(fleet, anna)
    await expect(getDeclaration(fleet, 'client_ana')).rejects.toMatchObject({
      exitCode: 4,
      hint: 'Did you mean client_anna?',
    })
  })

  test('short and long ids mean the same client, once', async () => {
    await writeDeclaration(fleet, anna)
    const chosen = await selectClients(fleet, ['anna', 'client_anna'], false)
    expect(chosen.map(({ id }) => id)).toEqual(['client_anna'])
  })

  test('none, or both ids and --all, is a mistake of the caller', async () => {
    await expect(selectClients(fleet, [], false)).rejects.toMatchObject({ exitCode: 2 })
    await expect(selectClients(fleet, ['anna'], true)).rejects.toMatchObject({ exitCode: 2 })
  })
})

test('ports picked at the first up are kept in fleet.yml among its remarks', async () => {
  const before = readFileSync(fleet.paths.settings, 'utf8')
  const { settings } = await saveFleetPorts(fleet, { postgres: 15_432, redis: 16_379 })
  expect([settings.postgres.port, settings.redis.port]).toEqual([15_432, 16_379])
  expect(readFileSync(fleet.paths.settings, 'utf8')).toBe(
    before.replace('port: null', 'port: 15432').replace('port: null', 'port: 16379'),
  )
})

describe('two operators at once', () => {
  test('lose no entry of .env', async () => {
    const names = Array.from({ length: 20 }, (_, at) => `BOT_TOKEN_CLIENT_${at}`)
    await Promise.all(names.map((name) => updateEnvFile(fleet, { set: { [name]: `value-of-${name}` } })))
    const env = await readEnvFile(fleet)
    for (const name of names) expect(requireEnv(env, name)).toBe(`value-of-${name}`)
  })

  test('a lock whose holder was killed stops nobody, and nothing of it is left', async () => {
    mkdirSync(fleet.paths.state, { recursive: true })
    const gone = spawnSync(process.execPath, ['-e', '0']).pid
    writeFileSync(fleet.paths.lock, `${gone}@${hostname()}`)
    let running = 0
    let most = 0
    await Promise.all(
      Array.from({ length: 10 }, () =>
        withFileLock(fleet, async () => {
          running += 1
          most = Math.max(most, running)
          await new Promise((resolve) => setImmediate(resolve))
          running -= 1
        }),
      ),
    )
    expect(most).toBe(1)
    expect(readdirSync(fleet.paths.state)).toEqual(['age-identity.txt'])
  })

  describe('a lock of others', () => {
    const holdBy = (pid: number) => writeFileSync(fleet.paths.lock, `${pid}@${hostname()}`)
    /** Time for the waiter to look, then twenty seconds: two of them are more than its half minute. */
    const wait = async () => {
      await sleep(500)
      vi.setSystemTime(Date.now() + 20_000)
    }
    beforeEach(() => {
      vi.useFakeTimers({ toFake: ['Date'] })
      mkdirSync(fleet.paths.state, { recursive: true })
    })
    afterEach(() => {
      vi.useRealTimers()
    })

    test('that goes from hand to hand is waited for, however long that takes', async () => {
      holdBy(process.pid)
      const mine = withFileLock(fleet, () => Promise.resolve('mine'))
      for (const next of [process.ppid, process.pid, process.ppid]) {
        await wait()
        holdBy(next)
      }
      rmSync(fleet.paths.lock)
      expect(await mine).toBe('mine')
    })

    test('that one of them keeps is named after half a minute, with its holder', async () => {
      holdBy(process.ppid)
      const refusal = withFileLock(fleet, () => Promise.resolve()).catch((error: unknown) => error)
      await wait()
      await wait()
      expect(await refusal).toMatchObject({
        code: 'files-locked',
        message: `The files of this fleet are held by ${process.ppid}@${hostname()}`,
      })
    })
  })
})

test('a secret that is missing is named with the file', async () => {
  await expect(
    readEnvFile(fleet).then((env) => requireEnv(env, 'BOT_TOKEN_CLIENT_ANNA')),
  ).rejects.toMatchObject({ exitCode: 10, message: 'BOT_TOKEN_CLIENT_ANNA is missing in .env' })
})
