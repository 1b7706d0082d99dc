import { CLIENT_SCHEMA_VERSION } from '../../bot/contract/schema.ts'
import { readMigrations } from '../../bot/schema/index.ts'
import type { Engine } from '../engines/engine.ts'
import { type ClientNames, FLEET_ROLES, quoteIdentifier } from '../fleet/names.ts'
import {
  ASIDE_LOCK_TIMEOUT,
  type Aside,
  dropUnsentStatement,
  putAsideStatements,
} from '../postgres/kept-schemas.ts'
import { grantStatements, migrationStatements, noteVersionStatement } from '../postgres/migrate-client.ts'
import { type Openable, pgRestore } from './pg-restore.ts'
import { compareRowsText, runInPsql, type SqlText } from './psql.ts'

/** A schema that takes the place of a client's own. */
export interface Swap {
  names: ClientNames
  uuid: string
  /** Tables that are there now; empty where the client has no schema. */
  liveTables: readonly string[]
  /** Name that the schema which is there now gets, and how long it is kept. */
  aside: Aside
  /** What must be in the tables of the new one, and the version of their form. */
  rows: Readonly<Record<string, number>>
  version: number
  /** Row of the journal that notes the swap, and the process that it must still belong to. */
  operation: { id: string; pid: number; note: Readonly<Record<string, unknown>> }
}

/**
 * Loads a schema in place of a client's own, in ONE transaction of psql: the live tables are locked (a rename alone does
 * not wait for open writers), the live schema is put aside, the text of the archive is loaded, rows are compared, owner,
 * rights and the newest version given, unsent messages dropped, and the swap noted in the journal. Whatever goes wrong,
 * or is killed, before its end leaves everything as it was.
 * The caller must look into the journal for whether the swap was done (see `runInPsql`).
 */
export async function swapSchema(
  engine: Engine,
  database: string,
  swap: Swap,
  text: SqlText,
  onPid: (pid: number) => void,
): Promise<void> {
  await runInPsql(engine, database, { before: beforeText(swap), text, after: afterText(swap) }, onPid)
}

/** The text of an archive, by pg_restore. The key is tried before anything is written. */
export function archiveText(engine: Engine, archive: Openable, onPid: (pid: number) => void): SqlText {
  return (to) => pgRestore(engine, archive, ['--exit-on-error', '--file=-'], { stdout: to, onStart: onPid })
}

/** Pure. */
export function beforeText({ names, uuid, liveTables, aside }: Swap): string {
  return [
    'begin',
    `set local lock_timeout = '${ASIDE_LOCK_TIMEOUT}'`,
    ...putAsideStatements(names, { uuid, tables: liveTables, aside }),
  ]
    .map((statement) => `${statement};\n`)
    .join('')
}

/** Pure, but for the migrations that it reads. */
export function afterText({ names, rows, version, operation }: Swap): string {
  const schema = quoteIdentifier(names.schema)
  const tables = Object.keys(rows).toSorted()
  const newer = readMigrations('client').slice(version, CLIENT_SCHEMA_VERSION)
  const note = JSON.stringify(operation.note).replaceAll("'", "''")
  return [
    '',
    compareRowsText(names.schema, rows, names.id),
    `alter schema ${schema} owner to ${FLEET_ROLES.owner};`,
    ...tables.map(
      (table) => `alter table ${schema}.${quoteIdentifier(table)} owner to ${FLEET_ROLES.owner};`,
    ),
    ...grantStatements(names, tables).map((statement) => `${statement};`),
    `${noteVersionStatement(names, version)};`,
    ...migrationStatements(names, newer).map((statement) => `${statement};`),
    `${dropUnsentStatement(names)};`,
    `do $bookctl$ begin
  update fleet.operations set details = details || '${note}'::jsonb, updated_at = now()
   where id = ${operation.id} and state = 'running' and pid = ${operation.pid};
  if not found then raise exception '${names.id}: another run has taken this operation over'; end if;
end $bookctl$;`,
    'commit;',
    '',
  ].join('\n')
}
