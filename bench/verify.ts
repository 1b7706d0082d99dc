// Every archive of a fleet restored for proof, as `backup verify --all --level restore` does, against createdb, pg_restore
// and dropdb by hand for one after the other. On a throwaway server of its own. Run: npm run bench -- verify
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { BackupSet } from '../src/backup/sets.ts'
import { verifyBackup } from '../src/backup/verify.ts'
import { mapLimited } from '../src/files/map-limited.ts'
import { PROVED_AT_ONCE } from '../src/operations/backup-verify.ts'
import { postgresEnv } from '../test/support/host-engine.ts'
import { backUpAll, withClients } from './clients.ts'
import { median, printTable, seconds } from './support.ts'

const CLIENTS = Number(process.env['BENCH_CLIENTS'] ?? 1000)
const ROUNDS = 3
/** So many are measured in each round of either way; the rest is reckoned. */
const MEASURED = 40

await withClients(CLIENTS, async (fleet) => {
  const { db, openDb, engine } = fleet
  const sets = await backUpAll(fleet, join(fleet.folder, 'backups'))
  const some = sets.filter((_, index) => index % Math.ceil(CLIENTS / MEASURED) === 0)
  const env = { ...postgresEnv(fleet.url), PGDATABASE: 'postgres' }
  const run = (program: string, ...args: string[]) => execFileSync(program, args, { env, stdio: 'pipe' })
  const key = { identity: 'none: nothing is encrypted' }

  const ours: number[] = []
  const hands: number[] = []
  const reckoned = (time: number) => (time / some.length) * CLIENTS
  // Alternating, so that a noisy neighbour hits each.
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(reckoned(await seconds(() => mapLimited(some, PROVED_AT_ONCE, prove))))
    hands.push(reckoned(await seconds(async () => some.forEach(byHand))))
  }
  const row = (title: string, times: readonly number[]) => [
    title,
    `${median(times).toFixed(1)} s`,
    (median(hands) / median(times)).toFixed(2),
  ]
  printTable(
    [`${CLIENTS} archives, reckoned from ${some.length}, median of ${ROUNDS}`, 'time', 'ratio'],
    [
      row('createdb, pg_restore, dropdb for each', hands),
      row(`verified, ${PROVED_AT_ONCE} at once: hash, restore, rows compared`, ours),
    ],
  )

  async function prove(set: BackupSet): Promise<void> {
    await verifyBackup({ db, openAdmin: openDb, engine, set, key, level: 'restore' })
  }

  function byHand({ archive }: BackupSet): void {
    run('createdb', '--template=template0', 'by_hand')
    run('psql', '--quiet', '--dbname=by_hand', '--command=create extension btree_gist')
    run(
      'pg_restore',
      '--no-owner',
      '--no-acl',
      '--exit-on-error',
      '--single-transaction',
      '--dbname=by_hand',
      archive,
    )
    run('dropdb', 'by_hand')
  }
})
