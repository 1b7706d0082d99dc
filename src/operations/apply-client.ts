import { type Migration } from '../../bot/schema/index.ts'
import type { Context } from '../context.ts'
import { BookctlError } from '../errors.ts'
import { findWritten, getDeclaration } from '../fleet/clients.ts'
import { clientNames } from '../fleet/names.ts'
import { migrateClient } from '../postgres/migrate-client.ts'
import { mendSteps } from './apply-steps.ts'
import { type Change, type ClientPlan, PARTS } from './apply-types.ts'
import { addClient } from './client-add.ts'
import { withClientLock } from './client-lock.ts'
import { findLivingClient } from './client-rows.ts'
import { runClient } from './client-run.ts'
import { audit, throwIfInterrupted, withOperation } from './journal.ts'
import type { Services } from './services.ts'

/**
 * Brings one client's schema to the newest version, before anything else is done to the client. One transaction with
 * its own line in the audit trail: a kill leaves nothing to go on with.
 */
export async function applyMigrations(
  context: Context,
  services: Services,
  plan: ClientPlan,
  migrations: readonly Migration[],
): Promise<void> {
  const { id } = plan
  throwIfInterrupted(context, `bookctl apply ${id}`)
  await withClientLock(services.db, id, async () => {
    await requireAsSeen(services, plan)
    const run = async () => {
      const { from, to } = await services.db.transaction(async (tx) => {
        const done = await migrateClient(tx, clientNames(id), migrations)
        await audit(tx, { action: 'client migrated', clientId: id, details: done })
        return done
      })
      return `version ${from} → ${to}`
    }
    await context.ui.tasks([{ title: `${id}: schema`, run }])
  })
}

/** Carries out the plan of one client. Returns what was different; nothing, when nothing was. */
export async function applyClient(context: Context, services: Services, plan: ClientPlan): Promise<Change[]> {
  const { id, work } = plan
  if (plan.problem) throw plan.problem
  if (work === 'none') return []
  // Migrated by now, and nothing else was different.
  if (plan.changes.every(({ part }) => part === 'schema')) return plan.changes
  throwIfInterrupted(context, `bookctl apply ${id}`)
  if (work === 'add') await add(context, services, plan)
  else await withClientLock(services.db, id, () => change(context, services, plan))
  return plan.changes
}

async function change(context: Context, services: Services, plan: ClientPlan): Promise<void> {
  const { id, work, seen } = plan
  await requireAsSeen(services, plan)
  if (work === 'forget' || !seen.row) {
    await context.ui.tasks([{ title: `${id}: take away its bot`, run: () => services.engine.remove(id) }])
    await audit(services.db, { action: 'bot removed', clientId: id })
    return
  }
  const start = {
    kind: 'client apply' as const,
    clientId: id,
    clientUuid: seen.row.uuid,
    again: `bookctl apply ${id}`,
  }
  await withOperation(context, services.db, start, async (operation) => {
    await operation.note({ changes: recordOf(operation.details['changes'], plan.changes) })
    await context.ui.tasks(mendSteps(context, services, plan, operation))
  })
}

/** What a killed run has mended stays on record, though nothing of it is left to do. */
function recordOf(earlier: unknown, now: readonly Change[]): Change[] {
  const changes = [...(Array.isArray(earlier) ? (earlier as Change[]) : []), ...now]
  const known = new Map(changes.map((change) => [`${change.part} ${change.why}`, change]))
  return [...known.values()]
    .filter(({ part }) => part !== 'journal')
    .toSorted((a, b) => PARTS.indexOf(a.part) - PARTS.indexOf(b.part))
}

/** The same steps as `client add`; whether its bot is to run is for the file to say. */
async function add(context: Context, services: Services, { id, seen }: ClientPlan): Promise<void> {
  const known = services.env.names().includes(clientNames(id).env.adminIds)
  await addClient(context, services, {
    id,
    initial: {},
    // Nobody is asked in the middle of a run over many clients.
    ...(known ? {} : { admins: [] }),
    skipTokenCheck: false,
    keepOnFailure: false,
    new: false,
    adopt: false,
    dryRun: false,
  })
  if (seen.declared?.run === false) {
    const declaration = await getDeclaration(services.fleet, id)
    await runClient(context, services, declaration, 'stop')
  }
}

/** Between the look and the lock somebody may have stopped, changed or removed this very client. */
async function requireAsSeen({ fleet, db }: Services, { id, seen }: ClientPlan): Promise<void> {
  const row = await findLivingClient(db, id)
  const declared = await findWritten(fleet, id)
  if (
    row?.uuid === seen.row?.uuid &&
    row?.state === seen.row?.state &&
    JSON.stringify(declared) === JSON.stringify(seen.declared)
  )
    return
  throw new BookctlError('changed-meanwhile', 'conflict', `${id} was changed by somebody else meanwhile`, {
    hint: `Nothing was done to it. See what is left with: bookctl diff ${id}`,
  })
}
