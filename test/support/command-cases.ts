import { join } from 'node:path'
import { engineFor } from '../../src/engines/index.ts'
import { loadFleet } from '../../src/fleet/fleet.ts'
import type { TestFleet } from './fleet.ts'
import { legacySql, writeSqlite } from './legacy-files.ts'

/** A command that changes one client, for tests that disturb it anywhere and run it again. */
export interface CommandCase {
  /** As it is typed, for titles. */
  name: string
  /** A word for the ids of its clients. */
  word: string
  /** Its steps in the journal, in their order; none for a command that has no journal. */
  steps: readonly string[]
  /** Makes what is there before, and answers with the command's words. */
  prepare(fleet: TestFleet, id: string): Promise<string[]>
  /** It has no journal that knows it again: typed twice, it may be audited twice. */
  auditedTwice?: true
  /** For a command that does its work again when it is typed again: whether it has done it, and must not be typed. */
  isDone?(fleet: TestFleet, id: string): Promise<boolean>
  /** The id that the client has in the end, where it is not the one that `prepare` was given. */
  idInTheEnd?(fleet: TestFleet, id: string): Promise<string>
}

export const ADD: CommandCase = {
  name: 'client add ID',
  word: 'add',
  steps: ['secrets', 'declaration', 'schema', 'redis', 'bot', 'ready', 'active'],
  async prepare(fleet, id) {
    const { tokenFile } = await fleet.newBot()
    const values = ['--admin', '1001', '--phone', '+7 1', '--work-hours', '10-20', '--timezone', 'Asia/Omsk']
    return ['client', 'add', id, '--title', `Salon ${id}`, '--token-file', tokenFile, ...values]
  },
}

/** The title stands for the client until it has its number. */
export const ADD_WITHOUT_ID: CommandCase = {
  name: 'client add (the next number)',
  word: 'number',
  steps: ['secrets', 'active'],
  async prepare(fleet, title) {
    const { tokenFile } = await fleet.newBot()
    return ['client', 'add', '--title', title, '--token-file', tokenFile]
  },
  async idInTheEnd(fleet, title) {
    const rows = await fleet.sql<{ id: string }>(
      'select client_id as id from fleet.clients where title = $1',
      [title],
    )
    if (rows.length !== 1) throw new Error(`${rows.length} clients are called ${title}`)
    return rows[0]?.id ?? ''
  },
}

export const ADOPT: CommandCase = {
  name: 'client add ID --adopt',
  word: 'adopt',
  steps: ['secrets', 'schema', 'active'],
  async prepare(fleet, id) {
    await fleet.addClient(id)
    await fleet.ok(['client', 'remove', id, '--keep-data', '--confirm', id])
    const { tokenFile } = await fleet.newBot()
    return ['client', 'add', id, '--adopt', '--token-file', tokenFile]
  },
}

/** What the business owns: no restart. */
export const SET: CommandCase = {
  name: 'client set ID',
  word: 'set',
  steps: ['declaration', 'settings', 'audit'],
  async prepare(fleet, id) {
    await fleet.addClient(id, '--setting', 'holdMinutes=5')
    const settings = ['--setting', 'reminderHours=3', '--unset', 'holdMinutes']
    const values = ['--timezone', 'Asia/Omsk', '--work-hours', '10-20', '--phone', '1', ...settings]
    return ['client', 'set', id, '--title', 'New', ...values]
  },
}

/** Another bot, and another admin: one restart. */
export const ROTATE: CommandCase = {
  name: 'client set ID with a new token',
  word: 'token',
  steps: ['restart', 'declaration', 'audit'],
  async prepare(fleet, id) {
    await fleet.addClient(id)
    const { tokenFile } = await fleet.newBot()
    return ['client', 'set', id, '--token-file', tokenFile, '--add-admin', '77', '--title', 'New']
  },
}

/** Everything that somebody may have changed behind bookctl's back, at once. */
export const APPLY: CommandCase = {
  name: 'apply ID',
  word: 'apply',
  steps: ['role', 'grants', 'redis', 'bot', 'audit'],
  async prepare(fleet, id) {
    await fleet.addClient(id)
    await fleet.sql(`alter role ${id} password 'another'`)
    await fleet.sql(`grant select on ${id}.users to public`)
    const redis = fleet.openRedis()
    await redis.call('ACL', 'DELUSER', id)
    await redis.quit()
    await engineFor(await loadFleet(fleet.dir)).stop(id)
    return ['apply', id]
  },
}

const run = (verb: 'start' | 'stop' | 'restart'): CommandCase => ({
  name: `client ${verb} ID`,
  word: verb,
  steps: [],
  auditedTwice: true,
  async prepare(fleet, id) {
    await fleet.addClient(id)
    if (verb === 'start') await fleet.ok(['client', 'stop', id])
    return ['client', verb, id]
  },
})
export const [START, STOP, RESTART] = [run('start'), run('stop'), run('restart')]

const remove = (word: string, steps: readonly string[], ...flags: string[]): CommandCase => ({
  name: ['client remove ID', ...flags].join(' '),
  word,
  steps,
  async prepare(fleet, id) {
    await fleet.addClient(id)
    await fleet.sql(`insert into ${id}.users (telegram_id, first_name) values (1, 'Маша'), (2, 'Ольга')`)
    return ['client', 'remove', id, '--confirm', id, ...flags]
  },
})
export const REMOVE = remove('gone', [
  'stop',
  'backup',
  'schema',
  'keys',
  'redis',
  'bot',
  'secrets',
  'declaration',
  'removed',
])
export const DETACH = remove(
  'kept',
  ['stop', 'backup', 'redis', 'bot', 'secrets', 'declaration', 'detached'],
  '--keep-data',
)

const withCustomers = (fleet: TestFleet, id: string) =>
  fleet.sql(`insert into ${id}.users (telegram_id, first_name) values (1, 'Маша'), (2, 'Ольга')`)

const journalSays = (kind: string) => async (fleet: TestFleet, id: string) =>
  (
    await fleet.sql(`select from fleet.operations where client_id = $1 and kind = $2 and state = 'done'`, [
      id,
      kind,
    ])
  ).length > 0

/** Over live data, which is kept. */
export const RESTORE: CommandCase = {
  name: 'restore ID',
  word: 'back',
  steps: ['proof', 'stop', 'before', 'secrets', 'declaration', 'role', 'swap', 'redis', 'bot', 'active'],
  isDone: journalSays('restore'),
  async prepare(fleet, id) {
    await fleet.addClient(id)
    await withCustomers(fleet, id)
    await fleet.ok(['backup', id])
    await fleet.sql(`insert into ${id}.users (telegram_id) values (3)`)
    return ['restore', id, '--confirm', id]
  },
}

/** With the dialogues of its customers, which are there in the end. */
export const RESTORE_KEYS: CommandCase = {
  name: 'restore ID --keys',
  word: 'keys',
  steps: ['redis', 'bot'],
  isDone: journalSays('restore'),
  async prepare(fleet, id) {
    await fleet.addClient(id)
    const redis = fleet.openRedis()
    for (const key of ['one', 'two']) await redis.set(`${id}:${key}`, 'x')
    await fleet.ok(['backup', id, '--keys'])
    await redis.unlink(`${id}:one`)
    await redis.set(`${id}:three`, 'x')
    await redis.quit()
    return ['restore', id, '--keys', '--confirm', id]
  },
}

export const RESTORE_REMOVED: CommandCase = {
  name: 'restore ID of a removed client',
  word: 'again',
  steps: ['proof', 'secrets', 'declaration', 'role', 'swap', 'redis', 'bot', 'active'],
  isDone: journalSays('restore'),
  async prepare(fleet, id) {
    await fleet.addClient(id, '--admin', '1001')
    await withCustomers(fleet, id)
    await fleet.ok(['client', 'remove', id, '--confirm', id])
    return ['restore', id, '--confirm', id]
  },
}

export const UNDO: CommandCase = {
  name: 'restore ID --undo',
  word: 'undo',
  steps: ['stop', 'swap', 'redis', 'bot', 'active'],
  isDone: journalSays('restore undo'),
  async prepare(fleet, id) {
    await fleet.ok(await RESTORE.prepare(fleet, id))
    return ['restore', id, '--undo', '--confirm', id]
  },
}

/** The steps that a copy does not share with a restore of a removed client are none; its swap differs. */
export const COPY: CommandCase = {
  name: 'restore OTHER --as ID',
  word: 'copy',
  steps: ['secrets', 'swap', 'active'],
  async prepare(fleet, id) {
    const from = `${id}_from`
    await fleet.addClient(from)
    await withCustomers(fleet, from)
    await fleet.ok(['backup', from])
    return ['restore', from, '--as', id]
  },
}

/** It has no journal: what it leaves is taken away by the next one. */
export const BACKUP: CommandCase = {
  name: 'backup ID',
  word: 'save',
  steps: [],
  async prepare(fleet, id) {
    await fleet.addClient(id)
    await withCustomers(fleet, id)
    return ['backup', id]
  },
}

export const IMPORT: CommandCase = {
  name: 'client import ID',
  word: 'import',
  steps: ['stop', 'write', 'start', 'imported'],
  async prepare(fleet, id) {
    await fleet.addClient(id)
    const file = join(fleet.dir, `${id}.db`)
    const users = Array.from({ length: 300 }, (_, index) => ({ user_id: 1000 + index, first_name: 'Маша' }))
    const bookings = users.map(({ user_id }, index) => ({
      id: index + 1,
      user_id,
      date: '2036-07-01',
      time: `${10 + (index % 10)}:00`,
    }))
    await writeSqlite(file, legacySql({ users, bookings }))
    return ['client', 'import', id, '--sqlite', file]
  },
}
