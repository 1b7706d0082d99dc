import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { EXIT } from '../../src/errors.ts'
import { fleetWith, type TestFleet } from '../support/fleet.ts'
import { docker, shell, startedAt } from './support/docker.ts'

let fleet: TestFleet
beforeAll(async () => {
  fleet = await fleetWith('client_anna')
})
afterAll(async () => {
  await fleet?.stop()
})

const bot = () => `${fleet.name}-bot-client-anna`
const imageOf = (container: string) => docker('inspect', '--format', '{{.Image}}', container)

/** Changes a file of the fleet for the time of one test. */
async function withChange(
  file: string,
  change: (text: string) => string,
  work: () => Promise<void>,
): Promise<void> {
  const path = join(fleet.dir, file)
  const before = readFileSync(path, 'utf8')
  const after = change(before)
  expect(after).not.toBe(before)
  writeFileSync(path, after)
  try {
    await work()
  } finally {
    writeFileSync(path, before)
  }
}

describe('the image of the bots', () => {
  test('is built without a network, from Node.js and one file, for a user who is not root', async () => {
    const name = await docker('inspect', '--format', '{{.Config.Image}}', bot())
    const build = join(fleet.dir, '.bookctl', 'image')
    const built = await shell(`docker build --quiet --network none --no-cache ${build}`, '/')
    expect(built.exitCode, built.stderr).toBe(0)
    await docker('image', 'rm', built.stdout.trim())
    expect((await shell(`ls ${build}`, '/')).stdout.trim().split('\n')).toEqual(['Dockerfile', 'bot.mjs'])
    expect(
      await docker('image', 'inspect', '--format', '{{.Config.User}} {{.Config.Entrypoint}}', name),
    ).toBe('node [node bot.mjs]')
  })

  test('becomes healthy by Docker’s own check', async () => {
    const health = await shell(
      `for i in $(seq 60); do [ "$(docker inspect --format '{{.State.Health.Status}}' ${bot()})" = healthy ] && exit 0; sleep 1; done; exit 1`,
      '/',
    )
    expect(health.exitCode).toBe(0)
  })

  test('up leaves a running bot alone; up --rebuild makes the image anew and restarts bots with it', async () => {
    const [started, image] = [await startedAt(bot()), await imageOf(bot())]
    await fleet.ok(['up'])
    expect(await startedAt(bot())).toBe(started)
    await fleet.ok(['up', '--rebuild'])
    expect(await imageOf(bot())).not.toBe(image)
    await fleet.ok(['status'])
  })

  test('that no bot uses any more are taken away by up, but the one before, and those of another fleet', async () => {
    const { id } = parse(readFileSync(join(fleet.dir, 'fleet.yml'), 'utf8')) as { id: string }
    const base = await docker('inspect', '--format', '{{.Config.Image}}', bot())
    const build = async (tag: string, owner: string) => {
      const image = `bookctl-bot:${fleet.name}-${tag}`
      // A file in it: an image that differs by labels alone is as old as the one that it is made from.
      const lines = `FROM ${base}\nRUN echo ${image} >/tmp/tag`
      const made = await shell(
        `printf '${lines}' | docker build --quiet --network none --label bookctl.fleet=${owner} --tag ${image} -`,
        '/',
      )
      expect(made.exitCode, made.stderr).toBe(0)
      return image
    }
    const there = async () =>
      (await docker('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}'))
        .split('\n')
        .filter((image) => image.startsWith(`bookctl-bot:${fleet.name}-`))
        .toSorted()
    const others = await build('others', 'somebody-else')
    const used = await build('used', id)
    await docker('create', '--name', `${fleet.name}-uses-it`, used)
    const first = await build('first', id)
    // Docker orders them by seconds.
    await sleep(1100)
    const before = await build('before', id)
    expect(await there()).toEqual([before, first, others, used])

    const { stderr } = await fleet.ok(['up'])
    expect(stderr).toContain(`Removed, for no bot uses them any more: ${first}`)
    expect(await there()).toEqual([before, others, used])
    expect((await fleet.ok(['up'])).stderr).not.toContain('Removed')

    await docker('rm', `${fleet.name}-uses-it`)
    await docker('image', 'rm', before, others, used)
  })

  test('a bot ends by itself at docker stop, with exit code 0', async () => {
    await docker('stop', bot())
    expect(await docker('inspect', '--format', '{{.State.ExitCode}}', bot())).toBe('0')
    await fleet.ok(['client', 'start', 'anna'])
  })
})

describe('what cannot work in a container is refused before anything changes', () => {
  test('an image that cannot be pulled is named, with the setting for another registry', async () => {
    const registry = '127.0.0.1:1/library'
    const before = await startedAt(`${fleet.name}-postgres`)
    await withChange(
      'fleet.yml',
      (text) => text.replace('registry: null', `registry: ${registry}`),
      async () => {
        const result = await fleet.bookctl(['up'])
        expect(result.exitCode).toBe(EXIT.partly)
        expect(result.stderr).toContain(`\n  pulling the image ${registry}/postgres:16-alpine\n`)
        expect(result.stderr).toContain(`${registry}/postgres:16-alpine cannot be pulled`)
        expect(result.stderr).toContain('images.registry')
      },
    )
    expect(await startedAt(`${fleet.name}-postgres`)).toBe(before)
  })

  test('a proxy at 127.0.0.1 is refused with the address to use instead; the bot goes on', async () => {
    const before = await startedAt(bot())
    await withChange(
      '.env',
      (text) => text.replace('TELEGRAM_PROXY=', 'TELEGRAM_PROXY=socks5://127.0.0.1:1080'),
      async () => {
        for (const command of [['up'], ['client', 'restart', 'anna']]) {
          const result = await fleet.bookctl(command)
          expect(result.exitCode).toBe(EXIT.configuration)
          expect(result.stderr).toContain('socks5://host.docker.internal:1080')
        }
      },
    )
    expect(await startedAt(bot())).toBe(before)
  })

  test('a Docker that does not answer is named by every command, and nothing is lost', async () => {
    const env = { DOCKER_HOST: 'unix:///var/run/nobody.sock' }
    const files = await shell('cat .env clients/*.yml docker-compose.yml', fleet.dir)
    for (const command of [
      ['up'],
      ['down'],
      ['status'],
      ['client', 'start', 'anna'],
      ['client', 'restart', 'anna'],
    ]) {
      const result = await fleet.bookctl(command, { env })
      expect(result.exitCode, command.join(' ')).toBe(EXIT.partly)
      expect(result.stderr, command.join(' ')).toContain('Docker does not answer')
    }
    const bot = await fleet.newBot()
    const added = await fleet.bookctl(
      ['client', 'add', 'new', '--title', 'New', '--token-file', bot.tokenFile],
      { env },
    )
    expect(added.exitCode).toBe(EXIT.partly)
    expect(await shell('cat .env clients/*.yml docker-compose.yml', fleet.dir)).toEqual(files)
    expect(await fleet.sql(`select to_regnamespace('client_new') is null as none`)).toEqual([{ none: true }])
  })
})
