import { clientSettingsSchema } from '../../bot/contract/settings.ts'
import type { EngineDrift } from '../engines/engine.ts'
import { type ClientNames, clientNames } from '../fleet/names.ts'
import type { ClientDeclaration } from '../fleet/schema.ts'
import { clientGrants, planGrants } from '../postgres/grants.ts'
import { roleDrift } from '../postgres/roles.ts'
import { aclDrift } from '../redis/admin.ts'
import { findProblem } from './apply-problems.ts'
import type {
  Change,
  ClientFacts,
  ClientPlan,
  FleetFacts,
  FleetPlan,
  KnownSchemas,
  Part,
} from './apply-types.ts'

/**
 * Decides what makes the fleet follow its declarations: data, to be printed or carried out. Clients without a
 * difference are in it too, with no changes.
 */
export function planApply(facts: FleetFacts, known: KnownSchemas, selected?: readonly string[]): FleetPlan {
  const clients = facts.clients.filter(({ id }) => !selected || selected.includes(id))
  return {
    shared: [...facts.engine.shared, ...sharedDrift(facts, known)],
    files: filesOf(facts.engine, selected),
    clients: clients.map((client) => planClient(client, facts, known)),
  }
}

/** The generated files that differ; for selected clients their own. The fleet's files belong to a run over all. */
export function filesOf({ files }: EngineDrift, selected?: readonly string[]): EngineDrift['files'] {
  return selected
    ? files.filter(({ clientId }) => clientId !== undefined && selected.includes(clientId))
    : files
}

/** What of the shared schema and the database's walls is not as it should be. Pure. */
export function sharedDrift(
  { fleetSchema, fleetRights }: Pick<FleetFacts, 'fleetSchema' | 'fleetRights'>,
  known: KnownSchemas,
): FleetPlan['shared'] {
  const { version, wallsStand } = fleetSchema
  return [
    ...(version === known.fleet
      ? []
      : [
          {
            what: 'schema fleet',
            why: version === undefined ? 'is missing' : `version ${version}, this bookctl has ${known.fleet}`,
          },
        ]),
    // Those of another version are not known here.
    ...(version === known.fleet ? fleetRights.map((why) => ({ what: 'schema fleet', why })) : []),
    ...(wallsStand ? [] : [{ what: 'database', why: 'everybody has rights that only clients may have' }]),
  ]
}

function planClient(client: ClientFacts, facts: FleetFacts, known: KnownSchemas): ClientPlan {
  const { id, row, declared } = client
  const plan: ClientPlan = {
    id,
    work: 'none',
    changes: [],
    bot: undefined,
    declaration: undefined,
    problem: findProblem(client, facts, known),
    warnings: warningsOf(client),
    seen: { declared, row },
  }
  if (plan.problem || (row?.state === 'detached' && !declared)) return plan
  if (row?.state === 'active') return planActive(plan, client, facts, known)
  if (row?.state === 'pending')
    return {
      ...plan,
      work: 'add',
      changes: [{ part: 'client', why: 'client add was begun and not finished' }],
    }
  if (declared)
    return { ...plan, work: 'add', changes: [{ part: 'client', why: 'is declared, and not added yet' }] }
  const left = facts.engine.bots.find(({ clientId }) => clientId === id)
  if (!left) return plan
  return { ...plan, work: 'forget', bot: 'remove', changes: [{ part: 'bot', why: `remove: ${left.why}` }] }
}

function warningsOf({ id, unfinished, held }: ClientFacts): string[] {
  if (held) return [`${id} is being changed by another bookctl at this moment`]
  if (unfinished?.kind !== 'client set') return []
  return [
    `${id}: 'client set' was begun and not finished, and only you know its values. Finish it with: ${unfinished.again}`,
  ]
}

function planActive(
  plan: ClientPlan,
  client: ClientFacts,
  facts: FleetFacts,
  known: KnownSchemas,
): ClientPlan {
  const names = clientNames(client.id)
  const declaration = declarationToWrite(client)
  const secrets = [names.env.databasePassword, names.env.redisPassword].filter((name) => !facts.secret(name))
  const { unfinished, held } = client
  const migrate = client.schemaVersion !== known.client
  const bot = planBot(client, facts, declaration, migrate)
  const changes: Change[] = [
    ...(declaration ? [{ part: 'declaration' as const, why: whyDeclare(client) }] : []),
    ...as(
      'secrets',
      secrets.map((name) => `${name} is missing in .env`),
    ),
    ...(migrate
      ? [{ part: 'schema' as const, why: `version ${client.schemaVersion} → ${known.client}` }]
      : []),
    ...as('role', roleReasons(client, facts, names)),
    ...as('grants', planGrants(clientGrants(names), client.rights ?? []).reasons),
    ...as('settings', settingsReasons(client, client.declared ?? declaration)),
    ...as('redis', aclReasons(facts, names)),
    ...(unfinished && unfinished.kind !== 'client set' && !held
      ? [{ part: 'journal' as const, why: `'${unfinished.kind}' was interrupted at its end` }]
      : []),
    ...(bot ? [bot.change] : []),
  ]
  return { ...plan, work: changes.length > 0 ? 'mend' : 'none', changes, bot: bot?.what, declaration }
}

const as = (part: Part, reasons: readonly string[]): Change[] => reasons.map((why) => ({ part, why }))

/** A lost file is written again from the database; one that lacks the uuid gets it. */
function declarationToWrite({
  id,
  declared,
  row,
  settings,
  stopped,
}: ClientFacts): ClientDeclaration | undefined {
  if (!row || declared?.uuid !== undefined) return undefined
  if (declared) return { ...declared, uuid: row.uuid }
  return {
    id,
    uuid: row.uuid,
    title: row.title,
    timeZone: settings?.timeZone ?? clientSettingsSchema.parse({}).timeZone,
    run: !stopped,
    initial: {},
  }
}

function whyDeclare({ id, declared }: ClientFacts): string {
  if (declared) return `clients/${id}.yml lacks the uuid`
  return `clients/${id}.yml is missing: written again from the database (to remove a client: bookctl client remove ${id})`
}

function roleReasons({ role }: ClientFacts, { secret }: FleetFacts, names: ClientNames): string[] {
  const password = secret(names.env.databasePassword)
  return [...roleDrift(role, names, password), ...(password === undefined ? ['gets the new password'] : [])]
}

function aclReasons({ aclUsers, secret }: FleetFacts, names: ClientNames): string[] {
  const password = secret(names.env.redisPassword)
  return [
    ...aclDrift(aclUsers, names, password),
    ...(password === undefined ? ['gets the new password'] : []),
  ]
}

function settingsReasons(
  { row, settings }: ClientFacts,
  declared: { title: string; timeZone: string } | undefined,
): string[] {
  if (!declared) return []
  const { title, timeZone } = declared
  const differs = (what: string, from: string | null | undefined, to: string) =>
    `${what}: ${from ?? '(none)'} → ${to}`
  return [
    ...(settings?.title === title && row?.title === title
      ? []
      : [differs('title', settings?.title === title ? row?.title : settings?.title, title)]),
    ...(settings?.timeZone === timeZone ? [] : [differs('time zone', settings?.timeZone, timeZone)]),
  ]
}

function planBot(
  { id, declared }: ClientFacts,
  { engine }: FleetFacts,
  declaration: ClientDeclaration | undefined,
  migrate: boolean,
): { what: NonNullable<ClientPlan['bot']>; change: Change } | undefined {
  if (declaration)
    return {
      what: 'compare',
      change: { part: 'bot', why: 'compared with its file, once that is there' },
    }
  const found = engine.bots.find(({ clientId }) => clientId === id)
  // A bot that has met the older schema at its start has ended, or is about to.
  if (!found && migrate && declared?.run)
    return { what: 'restart', change: { part: 'bot', why: 'restart: its schema gets another version' } }
  return found && { what: found.change, change: { part: 'bot', why: `${found.change}: ${found.why}` } }
}
