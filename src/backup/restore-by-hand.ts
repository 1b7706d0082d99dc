import type { Engine } from '../engines/engine.ts'
import { shellWord } from '../exec/shell-word.ts'
import type { BackupSet } from './sets.ts'

/**
 * Shell lines that bring a client's data back with stock PostgreSQL and age, into a database of its own, without
 * bookctl; `byHand` is how the engine's PostgreSQL is reached. btree_gist comes first: the constraint against double
 * bookings stands on it, and an archive of one schema never holds an extension.
 */
export function restoreByHandLines(
  set: BackupSet,
  options: { identity: string; byHand: Engine['byHand']; database?: string },
): string[] {
  const database = options.database ?? `restored_${set.data.client.id}`
  const { before, user } = options.byHand
  const decrypt = `age --decrypt --identity ${shellWord(options.identity)}`
  const restore = `${before}pg_restore${user} --no-owner --no-acl --exit-on-error --single-transaction --dbname=${database}`
  return [
    `${before}createdb${user} --template=template0 ${database}`,
    `${before}psql${user} --no-psqlrc --dbname=${database} --command='create extension btree_gist'`,
    set.data.archive.encryption === undefined
      ? `${restore} < ${shellWord(set.archive)}`
      : `${decrypt} ${shellWord(set.archive)} | ${restore}`,
    `${decrypt} ${shellWord(set.secrets)}`,
  ]
}
