import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { engineFor } from '../../src/engines/index.ts'
import { loadFleet } from '../../src/fleet/fleet.ts'
import { clientNames } from '../../src/fleet/names.ts'
import { databaseFacts } from './census-database.ts'
import type { TestFleet } from './fleet.ts'

/**
 * Everything that a fleet holds, one sentence for each thing, without what differs between two runs of the same
 * commands (times, passwords, UUIDs, names of bots). Two runs that end alike have equal lists; what a killed one has
 * left over is a sentence more.
 */
export async function census(fleet: TestFleet): Promise<string[]> {
  const facts = [
    ...(await databaseFacts(fleet)),
    ...(await redisFacts(fleet)),
    ...(await engineFacts(fleet)),
    ...fileFacts(fleet.dir),
    ...envFacts(fleet.dir),
  ]
  return facts.toSorted()
}

/** What a census says of one client, with CLIENT for each of its ids in each of their forms. */
export function factsOf(facts: readonly string[], ...ids: readonly string[]): string[] {
  const form = new RegExp(`(?<![A-Za-z0-9])(${ids.flatMap(formsOf).join('|')})(?![A-Za-z0-9])`, 'g')
  return facts
    .filter((fact) => fact.search(form) !== -1)
    .map((fact) => fact.replaceAll(form, 'CLIENT').replaceAll(/@\w+/g, '@BOT'))
    .toSorted()
}

/** What a census says of nobody in particular: leftovers of a killed run that bear no client's name. */
export function factsOfNobody(facts: readonly string[]): string[] {
  return facts.filter((fact) => !/client[_-][a-z0-9]/i.test(fact))
}

function formsOf(id: string): string[] {
  return [id, clientNames(id).service.slice('bot-'.length), id.toUpperCase()]
}

async function redisFacts(fleet: TestFleet): Promise<string[]> {
  const redis = fleet.openRedis()
  try {
    // Redis tells the commands of a user in an order of its own after each of its starts.
    const users = async () =>
      ((await redis.call('ACL', 'LIST')) as string[]).map((user) => {
        const [, name, ...rules] = user.replaceAll(/#[0-9a-f]{64}/g, '#HASH').split(' ')
        return `${name}: ${rules.toSorted().join(' ')}`
      })
    const now = await users()
    // What a restart of Redis would find: users that were never saved are gone.
    await redis.call('ACL', 'LOAD')
    const saved = await users()
    const keys = (await redis.keys('*')).map((key) => `key ${key.split(':').slice(0, 2).join(':')}`)
    return [
      ...now.map((user) => `Redis user ${user}`),
      ...saved.map((user) => `Redis user saved ${user}`),
      ...keys,
    ]
  } finally {
    redis.disconnect()
  }
}

async function engineFacts(fleet: TestFleet): Promise<string[]> {
  const engine = engineFor(await loadFleet(fleet.dir))
  return [
    ...(await engine.list()).map(({ service, state }) => `service ${service} ${state}`),
    ...processesOfBots(fleet.dir).map((service) => `process of ${service}`),
  ]
}

/** One for each process: a bot that runs twice is there twice. Empty for an engine whose bots are no processes of this host. */
function processesOfBots(dir: string): string[] {
  const mark = `BOOKCTL_SERVICE=${dir}/.bookctl/local:bot-`
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => readOrNothing(`/proc/${pid}/environ`).split('\0'))
    .filter((line) => line.startsWith(mark))
    .map((line) => line.slice(mark.length - 'bot-'.length))
}

/** Paths, and what is declared. Data of the servers is told by the servers. */
function fileFacts(dir: string): string[] {
  const paths = readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)))
    .filter((path) => !/^token-\d+$|^\.bookctl\/local\/data\/|\.log\.1$/.test(path))
  // A second complete backup is no leftover: each run that still finds data makes one.
  const sets = paths.filter((path) => path.endsWith('.dump')).map((path) => path.slice(0, -'.dump'.length))
  const complete = sets.filter((set) =>
    ['.manifest.json', '.secrets.age'].every((ending) => paths.includes(`${set}${ending}`)),
  )
  const others = paths.filter((path) => !complete.some((set) => path.startsWith(`${set}.`)))
  return [
    ...new Set(complete.map((set) => `backup ${timeless(set)} of ${rowsIn(join(dir, set))}`)),
    ...others.map((path) => `file ${timeless(path)}${declaredIn(dir, path)}`),
  ]
}

function rowsIn(set: string): string {
  const { rows } = JSON.parse(readFileSync(`${set}.manifest.json`, 'utf8')) as {
    rows: Record<string, number>
  }
  return `${rows['users']} customers and ${rows['services']} services`
}

const timeless = (path: string) => path.replaceAll(/\d{8}T\d{9}Z/g, 'TIME')

function declaredIn(dir: string, path: string): string {
  if (!path.startsWith('clients/')) return ''
  const text = readFileSync(join(dir, path), 'utf8')
  return `: ${text.replace(/uuid: \S+/, 'uuid: UUID').replaceAll(/^ *#.*\n/gm, '')}`
}

/** Lines of `.env` in their order, without values: each name says that it is there, and whether it is empty. */
function envFacts(dir: string): string[] {
  let heading = ''
  return readFileSync(join(dir, '.env'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      if (line.startsWith('#')) heading = line
      const entry = /^(\w+)=(.*)$/.exec(line)
      return entry ? `.env ${entry[1]}=${entry[2] ? 'VALUE' : ''} below '${heading}'` : `.env ${line}`
    })
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // It ended while we looked, or it is somebody else's.
    return ''
  }
}
