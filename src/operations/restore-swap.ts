import type { OnRead } from '../backup/pg-restore.ts'
import type { SqlText } from '../backup/psql.ts'
import { archiveText, swapSchema } from '../backup/swap.ts'
import { withRestored } from '../backup/verify.ts'
import { BookctlError } from '../errors.ts'
import { serverDiskFull, tellsOfFullDisk } from '../files/disk-full.ts'
import { getDeclaration } from '../fleet/clients.ts'
import { type ClientNames, quoteIdentifier } from '../fleet/names.ts'
import type { AdminDb } from '../postgres/admin.ts'
import { listTables } from '../postgres/catalogue.ts'
import { upsertSetting } from '../postgres/client-settings.ts'
import { asideName } from '../postgres/kept-schemas.ts'
import { backupParts } from './backup-one.ts'
import type { RestoreWork } from './restore-steps.ts'
import type { Services } from './services.ts'

/** What is replaced is kept for this long: as a backup, and as a schema that --undo puts back. */
export const KEEP_MS = 7 * 24 * 3_600_000

interface Swapped {
  backup: string
  aside: string | null
}

/** Whether this very restore has loaded its backup: the swap's own transaction notes it. */
export async function isSwapped(
  db: AdminDb,
  { set, operation }: Pick<RestoreWork, 'set' | 'operation'>,
): Promise<boolean> {
  const { rows } = await db.query<{ swapped: Swapped | null }>(
    `select details->'swapped' as swapped from fleet.operations where id = $1`,
    [operation.id],
  )
  const swapped = rows[0]?.swapped
  if (swapped?.backup !== set.name) return false
  operation.details['swapped'] = swapped
  return true
}

/** Loads the backup; done before, it does nothing. */
export async function swap(services: Services, work: RestoreWork, onRead: OnRead): Promise<string> {
  const { db, engine } = services
  const { set, names, operation, declaration, key, copy } = work
  if (await isSwapped(db, work)) {
    // A kill may have come between the two.
    await settle(services, names, Object.keys(set.data.rows))
    return 'done before'
  }
  const { rows } = await db.query<{ database: string }>('select current_database() as database')
  const tables = await listTables(db, names.schema)
  const aside = { name: asideName(names, new Date()), keepUntil: new Date(Date.now() + KEEP_MS) }
  const onPid = (pid: number) => operation.child(pid)
  const note = { swapped: { backup: set.name, aside: tables.length > 0 ? aside.name : null } }
  const plan = {
    names,
    uuid: declaration.uuid,
    liveTables: tables,
    aside,
    rows: set.data.rows,
    version: set.data.schema.version,
    operation: { id: operation.id, pid: process.pid, note },
  }
  const load = (text: SqlText) =>
    swapSchema(engine, rows[0]?.database ?? '', plan, text, onPid).catch((error: unknown) => {
      throw tellsOfFullDisk(error) ? serverDiskFull(names.id, error) : error
    })
  if (!copy) await load(archiveText(engine, { set, key, onRead }, onPid))
  // pg_restore knows no other name for a schema: it gets the new one in a database of its own, and is dumped there.
  else
    await withRestored(
      { ...backupParts(services), set, key, onPid, onRead, archiveAlone: true },
      async (scratch, database) => {
        const [from, to] = [quoteIdentifier(set.data.schema.name), quoteIdentifier(names.schema)]
        await scratch.query(`alter schema ${from} rename to ${to}`)
        await load((stream) =>
          engine.pgTool('pg_dump', ['--no-owner', '--no-acl', `--schema=${names.schema}`, '--strict-names'], {
            database,
            stdout: stream,
            onStart: onPid,
          }),
        )
      },
    )
  if (!(await isSwapped(db, work)))
    throw new BookctlError(
      'restore-cut-off',
      'partly',
      `${names.id}: psql ended before the backup was loaded`,
      {
        hint: `Nothing was changed. Run it again: ${work.again}`,
      },
    )
  await settle(services, names, Object.keys(set.data.rows))
  return `${Object.values(set.data.rows).reduce((sum, count) => sum + count, 0)} rows, equal`
}

/** What the operator declares stays so; and the planner gets to know the new tables. */
export async function settle(
  { db, fleet }: Services,
  names: ClientNames,
  tables: readonly string[],
): Promise<void> {
  const { title, timeZone } = await getDeclaration(fleet, names.id)
  await upsertSetting(db, names, 'title', title, 'operator')
  await upsertSetting(db, names, 'timeZone', timeZone, 'operator')
  const schema = quoteIdentifier(names.schema)
  for (const table of tables) await db.query(`analyze ${schema}.${quoteIdentifier(table)}`)
}
