import type { Context } from '../context.ts'
import { isUp } from '../engines/engine.ts'
import { findDeclaration } from '../fleet/clients.ts'
import { type ClientNames, clientNames } from '../fleet/names.ts'
import type { LegacyData } from '../legacy/data.ts'
import { type ImportPlan, planImport } from '../legacy/plan.ts'
import type { LegacyRead, LegacySource } from '../legacy/read-source.ts'
import { countOccupied, lockForImport, readExisting, writeImport } from '../legacy/write-import.ts'
import type { AdminDb } from '../postgres/admin.ts'
import { readClientSettings } from '../postgres/client-settings.ts'
import type { TaskStep } from '../ui/output.ts'
import { refuseOccupied, type WrittenImport } from './client-import-look.ts'
import type { ClientRow } from './client-rows.ts'
import { audit, type Operation } from './journal.ts'
import { operationSteps } from './operation-steps.ts'
import { operator } from './operator.ts'
import type { Services } from './services.ts'
import { readyAfter, waitReady } from './wait-ready.ts'

export interface ImportWork {
  client: ClientRow
  source: LegacySource
  sha256: string
  operation: Operation
  /** What is to be written; undefined where an earlier run has written it. */
  read: LegacyRead | undefined
  /** Set once the rows are written, by this run or by one that was killed afterwards. */
  written: WrittenImport | undefined
}

/** What an import of this data into this client does. */
export async function planFor(
  context: Context,
  db: AdminDb,
  names: ClientNames,
  data: LegacyData,
): Promise<ImportPlan> {
  const { timeZone } = await readClientSettings(db, names)
  return planImport(data, { timeZone, now: context.now().getTime(), existing: await readExisting(db, names) })
}

/**
 * The steps of an import. The rows come in one transaction, which notes them in the journal too: a killed run has
 * written everything or nothing, and the next one knows. Until then a failure lets the bot run again.
 */
export function importSteps(context: Context, services: Services, work: ImportWork): TaskStep[] {
  const { operation, read } = work
  const { step, revertible } = operationSteps(context, operation, work.client.client_id, async () => {
    // Once the rows are written the same command goes on from there.
    if (!work.written) await putBack(services, work)
  })
  const toWrite = (read: LegacyRead) => [
    revertible('stop', 'Stop the bot', () => stopBot(services, work)),
    revertible('write', 'Write everything in one transaction', async () => {
      work.written = await write(context, services, work, read)
      return `${Object.values(work.written.report.written).reduce((sum, rows) => sum + rows, 0)} rows, counted`
    }),
  ]
  return [
    ...(read ? toWrite(read) : []),
    step('start', 'Start the bot', () => startBot(context, services, work)),
    {
      title: 'Write it down',
      run: () => operation.lastStep('imported', (tx) => writeDown(tx, work)),
    },
  ]
}

const namesOf = ({ client }: ImportWork) => clientNames(client.client_id)

async function stopBot({ engine }: Services, work: ImportWork): Promise<void> {
  const { operation, client } = work
  // A killed run may have stopped it already.
  if (typeof operation.details['ran'] !== 'boolean')
    await operation.note({ ran: isUp((await engine.find(namesOf(work).service))?.state) })
  await engine.stop(client.client_id)
}

async function putBack({ engine }: Services, { operation, client }: ImportWork): Promise<void> {
  if (operation.details['ran'] === true) await engine.start(client.client_id)
  await operation.note({ ran: null })
}

async function write(
  context: Context,
  { db }: Services,
  work: ImportWork,
  { data, schema }: LegacyRead,
): Promise<WrittenImport> {
  const names = namesOf(work)
  const { kind, file } = work.source
  return await db.transaction(async (tx) => {
    await lockForImport(tx, names)
    refuseOccupied(names.id, await countOccupied(tx, names))
    const plan = await planFor(context, tx, names, data)
    await writeImport(tx, names, plan, operator())
    const at = context.now().toISOString()
    const written = { kind, file, schema, sha256: work.sha256, at, report: plan.report }
    await tx.query('update fleet.operations set details = details || $2::jsonb where id = $1', [
      work.operation.id,
      JSON.stringify({ written }),
    ])
    return written
  })
}

async function startBot(context: Context, services: Services, work: ImportWork): Promise<string> {
  const { engine, fleet } = services
  const names = namesOf(work)
  const declared = await findDeclaration(fleet, names.id)
  if (work.operation.details['ran'] !== true || declared?.run === false) return 'it did not run before'
  const { signal } = context
  const isRunning = isUp((await engine.find(names.service))?.state)
  const { botUsername } = isRunning
    ? await waitReady(services, names, { signal })
    : await readyAfter(services, names, () => engine.start(names.id), { signal })
  return `ready as @${botUsername}`
}

async function writeDown(tx: AdminDb, { client, operation, written }: ImportWork): Promise<void> {
  if (!written) throw new Error('nothing was written')
  const { kind, file, schema, sha256, report } = written
  await audit(tx, {
    action: 'client imported',
    clientId: client.client_id,
    clientUuid: client.uuid,
    details: {
      operation: operation.id,
      kind,
      file,
      schema,
      sha256,
      tables: report.tables,
      written: report.written,
    },
  })
}
