import { CLIENT_SCHEMA_VERSION, FLEET_SCHEMA_VERSION } from '../../bot/contract/schema.ts'
import { type Migration, readMigrations } from '../../bot/schema/index.ts'
import type { Context } from '../context.ts'
import type { EngineDrift } from '../engines/engine.ts'
import { engineFor } from '../engines/index.ts'
import { BookctlError } from '../errors.ts'
import { type Fleet, loadFleet } from '../fleet/fleet.ts'
import { parseClientId } from '../fleet/names.ts'
import { nearest } from '../fleet/nearest.ts'
import { ensureFleetSchema } from '../postgres/fleet-schema.ts'
import type { TaskStep } from '../ui/output.ts'
import { applyClient, applyMigrations } from './apply-client.ts'
import { observeFleet } from './apply-observe.ts'
import { filesOf, planApply, sharedDrift } from './apply-plan.ts'
import type { Change, FleetPlan } from './apply-types.ts'
import { type ClientResult, eachClient } from './each-client.ts'
import { type Services, withServices } from './services.ts'
import { tidy } from './tidy.ts'

export interface FleetDiff extends FleetPlan {
  /** False while the servers do not run: then only the engine could be asked. */
  complete: boolean
}

export interface ApplyResult {
  shared: FleetPlan['shared']
  files: string[]
  clients: ClientResult<Change[]>[]
  /** What to end with, after the result was shown. */
  failure: unknown
}

/** A server does not run: what the engine finds is all that can be told. */
const AWAY = new Set(['fleet-not-up', 'postgres-unreachable', 'redis-unreachable'])

/**
 * What `apply` would do. Reads only.
 * @throws BookctlError (exit 4) for a client that nobody knows.
 */
export async function diffFleet(
  context: Context,
  fleet: Fleet,
  typed: readonly string[],
): Promise<FleetDiff> {
  const ids = selected(typed)
  const drift = await engineFor(fleet).drift()
  const look = async (services: Services) => {
    const facts = await observeFleet({ ...services, drift })
    requireKnown(
      facts.clients.map(({ id }) => id),
      ids,
    )
    return { ...planApply(facts, knownSchemas(), ids), complete: true }
  }
  try {
    return await withServices(context, fleet, look, 'bookctl diff', { readOnly: true })
  } catch (error) {
    if (!(error instanceof BookctlError && AWAY.has(error.code)) || drift.shared.length === 0) throw error
    return engineOnly(drift, ids)
  }
}

/**
 * Makes the fleet follow `fleet.yml`, `clients/*.yml` and `.env`: what is shared, then the schemas, then one client after
 * the other, its bot last. A failure of one client does not stop the others; it is in the result.
 */
export async function applyFleet(
  context: Context,
  fleet: Fleet,
  typed: readonly string[],
  migrations: readonly Migration[] = readMigrations('client'),
): Promise<ApplyResult> {
  const ids = selected(typed)
  const before = await engineFor(fleet).drift()
  const files = filesOf(before, ids)
  const risen = await bringUp(context, fleet, { ...before, files }, ids)
  // The first `up` writes the ports into fleet.yml.
  const now = risen ? await loadFleet(fleet.dir) : fleet
  const work = async (services: Services): Promise<ApplyResult> => {
    const known = knownSchemas(migrations)
    const drift = risen ? await services.engine.drift() : before
    const facts = await observeFleet({ ...services, drift })
    requireKnown(
      facts.clients.map(({ id }) => id),
      ids,
    )
    const shared = sharedDrift(facts, known)
    if (shared.length > 0)
      await context.ui.tasks([
        { title: `Shared: ${listed(shared)}`, run: () => ensureFleetSchema(services.db) },
      ])
    const plan = planApply(shared.length > 0 ? await observeFleet({ ...services, drift }) : facts, known, ids)
    const done = await applyClients(context, services, plan, migrations)
    const changed = risen || plan.clients.some(({ work }) => work !== 'none')
    if (changed && done.failure === undefined) await tidy(context, services.engine)
    return { ...done, shared: [...before.shared, ...shared], files: files.map(({ path }) => path) }
  }
  const command = `bookctl apply ${typed.join(' ')}`.trim()
  return await withServices(context, now, work, command, { readOnly: true })
}

/** Files first: what is started is started from them. True when something was done. */
async function bringUp(
  context: Context,
  fleet: Fleet,
  { files, shared }: EngineDrift,
  ids: readonly string[] | undefined,
): Promise<boolean> {
  const engine = engineFor(fleet)
  for (const { path, edited } of files)
    if (edited)
      context.ui.warn(
        `${path} was changed by hand, and is written anew: bookctl diff shows what that takes away.`,
      )
  const writeFiles = async () => {
    for (const id of ids ?? [undefined]) await engine.writeFiles(id)
    return files.map(({ path }) => path).join(', ')
  }
  // Bots come later, one after the other: all at once they would only keep each other from getting ready.
  const up: TaskStep['run'] = (say) => engine.up({ serversOnly: true, say, signal: context.signal })
  const steps = [
    ...(files.length > 0 ? [{ title: 'Files', run: writeFiles }] : []),
    ...(shared.length > 0 ? [{ title: `Shared: ${listed(shared)}`, run: up }] : []),
  ]
  if (steps.length > 0) await context.ui.tasks(steps)
  return steps.length > 0
}

async function applyClients(
  context: Context,
  services: Services,
  { clients }: FleetPlan,
  migrations: readonly Migration[],
): Promise<Pick<ApplyResult, 'clients' | 'failure'>> {
  const plans = new Map(clients.map((plan) => [plan.id, plan]))
  for (const warning of clients.flatMap(({ warnings }) => warnings)) context.ui.warn(warning)
  const refused = new Map<string, unknown>()
  // All schemas before the first bot of another version is started.
  for (const plan of clients) {
    if (plan.problem || !plan.changes.some(({ part }) => part === 'schema')) continue
    await applyMigrations(context, services, plan, migrations).catch((error: unknown) =>
      refused.set(plan.id, error),
    )
  }
  const results: ClientResult<Change[]>[] = []
  const work = async (id: string): Promise<Change[]> => {
    const plan = plans.get(id)
    if (refused.has(id)) throw refused.get(id)
    return plan ? await applyClient(context, services, plan) : []
  }
  try {
    await eachClient([...plans.keys()], { limit: 1, signal: context.signal }, work, (result) =>
      results.push(result),
    )
    return { clients: results, failure: undefined }
  } catch (error) {
    return { clients: results, failure: error }
  }
}

function selected(typed: readonly string[]): string[] | undefined {
  return typed.length === 0 ? undefined : [...new Set(typed.map(parseClientId))]
}

function requireKnown(known: readonly string[], ids: readonly string[] | undefined): void {
  const unknown = ids?.find((id) => !known.includes(id))
  if (unknown === undefined) return
  const near = nearest(unknown, known)
  throw new BookctlError('client-not-found', 'notFound', `There is no client ${unknown} in this fleet`, {
    hint: near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'See: bookctl client list',
  })
}

const knownSchemas = (migrations?: readonly Migration[]) => ({
  fleet: FLEET_SCHEMA_VERSION,
  client: migrations?.length ?? CLIENT_SCHEMA_VERSION,
})

const listed = (shared: FleetPlan['shared']) => [...new Set(shared.map(({ what }) => what))].join(', ')

function engineOnly({ shared, files, bots }: EngineDrift, ids: readonly string[] | undefined): FleetDiff {
  const wanted = bots.filter(({ clientId }) => !ids || ids.includes(clientId))
  const clients = wanted.map(({ clientId, change, why }) => ({
    id: clientId,
    work: 'mend' as const,
    changes: [{ part: 'bot' as const, why: `${change}: ${why}` }],
    bot: change,
    declaration: undefined,
    problem: undefined,
    warnings: [],
    seen: { declared: undefined, row: undefined },
  }))
  return { shared, files: filesOf({ shared, files, bots }, ids), clients, complete: false }
}
