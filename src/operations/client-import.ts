import { type Context, openFleet } from '../context.ts'
import { getDeclaration } from '../fleet/clients.ts'
import { clientNames, parseClientId } from '../fleet/names.ts'
import type { ImportReport } from '../legacy/plan.ts'
import { type LegacyRead, type LegacySource, readSource } from '../legacy/read-source.ts'
import { countOccupied } from '../legacy/write-import.ts'
import {
  findImport,
  hashOf,
  type ImportFlags,
  refuseOccupied,
  sourceOf,
  type WrittenImport,
} from './client-import-look.ts'
import { type ImportWork, importSteps, planFor } from './client-import-steps.ts'
import { withClientLock } from './client-lock.ts'
import { activeClient } from './client-set.ts'
import { withOperation } from './journal.ts'
import { type Services, withServices } from './services.ts'

export interface ImportResult {
  id: string
  outcome: 'imported' | 'planned' | 'already-imported'
  source: Pick<WrittenImport, 'kind' | 'file' | 'schema' | 'sha256'>
  report: ImportReport
  /** When the rows were written; null for a plan. */
  at: string | null
}

/**
 * Brings a client's data over from the predecessor, or says (`dryRun`) what that would do. The same file again: nothing.
 * @throws BookctlError exit 4 for an unknown client; exit 5 when the client has customers or bookings already: nothing is merged.
 */
export async function importClient(
  context: Context,
  typed: string,
  flags: ImportFlags,
): Promise<ImportResult> {
  const id = parseClientId(typed)
  const source = sourceOf(context, flags)
  const fleet = await openFleet(context)
  return await withServices(
    context,
    fleet,
    (services) =>
      withClientLock(services.db, id, () =>
        importLocked(context, services, id, source, flags.dryRun === true),
      ),
    `bookctl client import ${id}`,
  )
}

async function importLocked(
  context: Context,
  services: Services,
  id: string,
  source: LegacySource,
  dryRun: boolean,
): Promise<ImportResult> {
  const { db, fleet } = services
  await getDeclaration(fleet, id)
  const client = await activeClient(db, id)
  const sha256 = await hashOf(source.file)
  const before = await findImport(db, client)
  if (before?.isDone) {
    const { written } = before
    const isSame = written.sha256 === sha256 && (source.schema ?? written.schema) === written.schema
    if (isSame) return resultOf(id, 'already-imported', written)
  }
  const owed = before?.isDone ? undefined : before?.written
  if (!owed) refuseOccupied(id, await countOccupied(db, clientNames(id)), before?.written)
  if (dryRun && owed) return resultOf(id, 'already-imported', owed)
  const read = owed ? undefined : await readAndPlan(context, services, id, source)
  if (dryRun && read)
    return resultOf(id, 'planned', { ...source, schema: read.schema, sha256, report: read.report, at: null })
  const start = {
    kind: 'client import' as const,
    clientId: id,
    clientUuid: client.uuid,
    again: `bookctl client import ${id} --${source.kind} ${source.file}${source.schema ? ` --schema ${source.schema}` : ''}`,
  }
  return await withOperation(context, db, start, async (operation) => {
    const work: ImportWork = { client, source, sha256, operation, read, written: owed }
    await context.ui.tasks(importSteps(context, services, work))
    if (!work.written) throw new Error('an import has ended and written nothing')
    return resultOf(id, 'imported', work.written)
  })
}

/** Before anything is begun: a file that cannot be read or planned costs nobody the bot, and leaves no trace. */
async function readAndPlan(
  context: Context,
  { engine, db }: Services,
  id: string,
  source: LegacySource,
): Promise<LegacyRead & { report: ImportReport }> {
  let found: (LegacyRead & { report: ImportReport }) | undefined
  const task = {
    title: `Read ${source.file}`,
    run: async () => {
      const read = await readSource(source, engine)
      found = { ...read, report: (await planFor(context, db, clientNames(id), read.data)).report }
      return `${found.report.tables.reduce((sum, table) => sum + table.found, 0)} rows in ${read.data.tables.length} tables`
    },
  }
  await context.ui.tasks([task])
  if (!found) throw new Error('nothing was read')
  return found
}

function resultOf(
  id: string,
  outcome: ImportResult['outcome'],
  { kind, file, schema, sha256, report, at }: Omit<WrittenImport, 'at'> & { at: string | null },
): ImportResult {
  return { id, outcome, source: { kind, file, schema, sha256 }, report, at }
}
