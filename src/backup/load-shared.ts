import { PLUMBING_TABLES } from '../../bot/schema/index.ts'
import type { Engine } from '../engines/engine.ts'
import { FLEET_ROLES, quoteIdentifier } from '../fleet/names.ts'
import type { ArchiveKey } from './archive-file.ts'
import { compareRowsText, runInPsql } from './psql.ts'
import type { SharedSet } from './sets.ts'
import { SHARED } from './subject.ts'
import { archiveText } from './swap.ts'

/**
 * Loads schema `fleet` from a backup, in place of the empty one that a new fleet has, in one transaction. The caller has
 * made sure that it is empty, and gives rights and newer tables afterwards (`ensureFleetSchema`).
 * @throws when rows differ from the manifest, or anything else fails; nothing was changed then.
 */
export async function loadShared(
  engine: Engine,
  database: string,
  { set, key }: { set: SharedSet; key: ArchiveKey },
): Promise<void> {
  await runInPsql(engine, database, {
    before: 'begin;\ndrop schema fleet cascade;\n',
    text: archiveText(engine, { set, key }, () => undefined),
    after: afterText(set),
  })
}

function afterText({ data }: SharedSet): string {
  const tables = Object.keys(data.rows).toSorted()
  const named = (table: string) => `fleet.${quoteIdentifier(table)}`
  return [
    '',
    compareRowsText(SHARED, data.rows, SHARED),
    `alter schema fleet owner to ${FLEET_ROLES.owner};`,
    ...tables.map((table) => `alter table ${named(table)} owner to ${FLEET_ROLES.owner};`),
    // Of processes of the machine that is gone; and of schemas and messages that are not here.
    `update fleet.operations set state = 'failed', error = 'its machine was lost', finished_at = now() where state = 'running';`,
    ...PLUMBING_TABLES.filter((table) => table !== 'updates').map((table) => `delete from fleet.${table};`),
    'delete from fleet.kept_schemas;',
    'commit;',
    '',
  ].join('\n')
}
