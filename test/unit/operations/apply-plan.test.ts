import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { CLIENT_TABLE_GRANTS } from '../../../bot/schema/index.ts'
import { clientNames } from '../../../src/fleet/names.ts'
import { planApply } from '../../../src/operations/apply-plan.ts'
import type { ClientFacts, FleetFacts } from '../../../src/operations/apply-types.ts'
import type { RightsFacts } from '../../../src/postgres/grants.ts'
import { scramVerifier } from '../../../src/postgres/roles.ts'
import { passwordRule, placeRules } from '../../../src/redis/acl.ts'

const KNOWN = { fleet: 1, client: 1 }
const ID = 'client_anna'
const names = clientNames(ID)
const uuid = randomUUID()
const TOKEN = `1234567:${'x'.repeat(35)}`
const declared = { id: ID, uuid, title: 'Anna', timeZone: 'Asia/Omsk', run: true, initial: {} }
const row = { uuid, title: 'Anna', state: 'active' as const, botId: '1234567' }

function rightThings(): RightsFacts[] {
  const tables = Object.entries(CLIENT_TABLE_GRANTS).map(([relation, rights]) => ({
    relation,
    kind: 'r',
    owner: 'fleet_owner',
    rights: { [ID]: rights.split(', ').toSorted() },
  }))
  return [{ relation: null, kind: 'n', owner: 'fleet_owner', rights: { [ID]: ['usage'] } }, ...tables]
}

/** A client as it should be, with what the case says. */
function client(change: Partial<ClientFacts> = {}): ClientFacts {
  return {
    id: ID,
    declared,
    row,
    schemaVersion: 1,
    unfinished: undefined,
    held: false,
    stopped: false,
    role: {
      canLogin: true,
      inherits: true,
      expires: false,
      powers: [],
      connectionLimit: 8,
      verifier: scramVerifier('database-password'),
      settings: [`search_path=${ID}`, 'statement_timeout=30s', 'idle_in_transaction_session_timeout=30s'],
      memberOf: ['fleet_client'],
      members: [],
    },
    rights: rightThings(),
    settings: { title: 'Anna', timeZone: 'Asia/Omsk' },
    ...change,
  }
}

const SECRETS: Record<string, string> = {
  [names.env.token]: TOKEN,
  [names.env.databasePassword]: 'database-password',
  [names.env.redisPassword]: 'redis-password',
}

function fleet(clients: ClientFacts[], change: Partial<FleetFacts> = {}, secrets = SECRETS): FleetFacts {
  return {
    engine: { files: [], shared: [], bots: [] },
    fleetSchema: { version: 1, wallsStand: true },
    fleetRights: [],
    clients,
    aclUsers: {
      commands: ['-@all', '+get'],
      rules: new Map([[ID, ['on', passwordRule('redis-password'), ...placeRules(names), '-@all', '+get']]]),
    },
    secret: (name) => secrets[name] || undefined,
    ...change,
  }
}
const planned = (facts: FleetFacts, known = KNOWN) => {
  const [plan] = planApply(facts, known).clients
  if (!plan) throw new Error('no client planned')
  return { ...plan, changes: plan.changes.map(({ part, why }) => `${part}: ${why}`) }
}
const without = (name: string) => ({ ...SECRETS, [name]: '' })
const bots = (...found: FleetFacts['engine']['bots']) => ({ engine: { files: [], shared: [], bots: found } })

test('a client that is as declared needs nothing', () => {
  expect(planned(fleet([client()]))).toMatchObject({ work: 'none', changes: [], problem: undefined })
})

describe('what is shared', () => {
  test('is listed by reason: the engine’s own, the schema, the walls', () => {
    const facts = fleet([], {
      engine: { files: [], shared: [{ what: 'redis', why: 'it does not run' }], bots: [] },
      fleetSchema: { version: 1, wallsStand: false },
    })
    expect(planApply(facts, { fleet: 2, client: 1 }).shared).toEqual([
      { what: 'redis', why: 'it does not run' },
      { what: 'schema fleet', why: 'version 1, this bookctl has 2' },
      { what: 'database', why: 'everybody has rights that only clients may have' },
    ])
  })

  test('files count for their own client; those of the fleet belong to a run over all', () => {
    const file = { path: 'a', before: 'x', after: 'y', edited: false }
    const files = [
      file,
      { ...file, path: 'b', clientId: ID },
      { ...file, path: 'c', clientId: 'client_boris' },
    ]
    const facts = fleet([client()], { engine: { files, shared: [], bots: [] } })
    expect(planApply(facts, KNOWN, [ID]).files.map(({ path }) => path)).toEqual(['b'])
    expect(planApply(facts, KNOWN, ['client_boris']).clients).toEqual([])
  })
})

describe('the bot', () => {
  test('comes last, with the engine’s reason', () => {
    const facts = fleet(
      [client({ settings: { title: 'Old', timeZone: 'Asia/Omsk' } })],
      bots({ clientId: ID, change: 'stop', why: 'run: false is declared' }),
    )
    expect(planned(facts)).toMatchObject({
      work: 'mend',
      bot: 'stop',
      changes: ['settings: title: Old → Anna', 'bot: stop: run: false is declared'],
    })
  })

  test('of a client that the database knows is never taken away, though its file is gone', () => {
    const gone = client({ declared: undefined, stopped: true })
    const plan = planned(fleet([gone], bots({ clientId: ID, change: 'remove', why: 'no file' })))
    expect(plan).toMatchObject({ work: 'mend', bot: 'compare' })
    // What the operator wanted of it last is written again, and the zone of its own table.
    expect(plan.declaration).toEqual({ ...declared, run: false })
  })

  test('that nobody knows is taken away', () => {
    const ghost = client({ id: 'client_ghost', declared: undefined, row: undefined })
    const facts = fleet(
      [ghost],
      bots({ clientId: 'client_ghost', change: 'remove', why: 'no file declares it' }),
    )
    expect(planned(facts)).toMatchObject({ work: 'forget', changes: ['bot: remove: no file declares it'] })
  })

  test('restarts with a migrated schema, unless it is declared to be stopped', () => {
    expect(planned(fleet([client()]), { fleet: 1, client: 2 }).changes).toEqual([
      'schema: version 1 → 2',
      'bot: restart: its schema gets another version',
    ])
    const stopped = client({ declared: { ...declared, run: false } })
    expect(planned(fleet([stopped]), { fleet: 1, client: 2 }).changes).toEqual(['schema: version 1 → 2'])
  })
})

test('a password that .env has lost is made anew, and everything that knows it follows', () => {
  const restart = { clientId: ID, change: 'restart' as const, why: 'it lacks a password' }
  expect(planned(fleet([client()], bots(restart), without(names.env.databasePassword))).changes).toEqual([
    'secrets: DATABASE_PASSWORD_CLIENT_ANNA is missing in .env',
    'role: gets the new password',
    'bot: restart: it lacks a password',
  ])
})

describe('left alone, with the way out named:', () => {
  const other = client({ id: 'client_boris', row: { ...row, uuid: randomUUID() } })
  const cases: [string, FleetFacts, string][] = [
    ['a removal that was begun', fleet([client({ row: { ...row, state: 'removing' } })]), 'client-removing'],
    [
      'a detached client with a file',
      fleet([client({ row: { ...row, state: 'detached' } })]),
      'client-detached',
    ],
    [
      'a removed client with a file',
      fleet([client({ row: { ...row, state: 'removed' } })]),
      'client-removed',
    ],
    ['a file of another client', fleet([client({ row: { ...row, uuid: randomUUID() } })]), 'uuid-differs'],
    ['no token', fleet([client()], {}, without(names.env.token)), 'secret-missing'],
    ['a new client without a token', fleet([client({ row: undefined })], {}, {}), 'secret-missing'],
    ['a token of no form', fleet([client()], {}, { ...SECRETS, [names.env.token]: 'x' }), 'token-form'],
    ['a token of another client', fleet([client(), other]), 'token-in-use'],
    ['a schema that is gone', fleet([client({ rights: undefined })]), 'schema-missing'],
    ['a schema without a version', fleet([client({ schemaVersion: undefined })]), 'schema-missing'],
    ['a schema of a newer bookctl', fleet([client({ schemaVersion: 2 })]), 'schema-newer'],
    ['a table that is gone', fleet([client({ rights: rightThings().slice(0, -1) })]), 'tables-missing'],
  ]
  test.each(cases)('%s', (_, facts, code) => {
    const plan = planned(facts)
    expect(plan.problem).toMatchObject({ code, hint: expect.any(String) })
    expect(plan).toMatchObject({ work: 'none', changes: [] })
  })
})

describe('unfinished operations:', () => {
  const unfinished = (kind: string) => ({ unfinished: { kind, again: `bookctl ${kind} …` } })
  test('an add is finished, a set only named', () => {
    expect(planned(fleet([client({ row: { ...row, state: 'pending' } })])).work).toBe('add')
    expect(planned(fleet([client(unfinished('client set'))]))).toMatchObject({
      work: 'none',
      warnings: [expect.stringContaining('bookctl client set …')],
    })
  })

  test('an apply is closed, unless it is going on at this moment', () => {
    expect(planned(fleet([client(unfinished('client apply'))])).changes).toEqual([
      `journal: 'client apply' was interrupted at its end`,
    ])
    expect(planned(fleet([client({ ...unfinished('client apply'), held: true })]))).toMatchObject({
      work: 'none',
      warnings: [expect.stringContaining('by another bookctl')],
    })
  })

  test('a detached client without a file is fine', () => {
    const kept = client({ declared: undefined, row: { ...row, state: 'detached' } })
    expect(planned(fleet([kept], {}, {}))).toMatchObject({ work: 'none', problem: undefined })
  })
})
