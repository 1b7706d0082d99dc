import type { BackupSet } from './sets.ts'

/**
 * Shell lines that bring a client's data back with stock PostgreSQL and age, into a database of its own, without
 * bookctl. They connect as PGHOST, PGPORT, PGUSER and PGPASSWORD say. btree_gist comes first: the constraint against
 * double bookings stands on it, and an archive of one schema never holds an extension.
 */
export function restoreByHandLines(
  set: BackupSet,
  options: { identity: string; database?: string },
): string[] {
  const database = options.database ?? `restored_${set.data.client.id}`
  return [
    `createdb --template=template0 ${database}`,
    `psql --no-psqlrc --dbname=${database} --command='create extension btree_gist'`,
    `pg_restore --no-owner --no-acl --exit-on-error --single-transaction --dbname=${database} ${quoted(set.archive)}`,
    `age --decrypt --identity ${quoted(options.identity)} ${quoted(set.secrets)}`,
  ]
}

/** A word for a POSIX shell; left bare where nothing needs quoting. */
function quoted(word: string): string {
  return /^[\w./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
