import { cp } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ArchiveKey } from '../backup/archive-file.ts'
import { loadShared } from '../backup/load-shared.ts'
import { type BackupSet, listBackups, listSharedBackups, type SharedSet } from '../backup/sets.ts'
import { SHARED } from '../backup/subject.ts'
import { verifyBackup } from '../backup/verify.ts'
import type { Context } from '../context.ts'
import { renderValue } from '../env/dotenv.ts'
import { BookctlError } from '../errors.ts'
import { readIfExists } from '../files/atomic.ts'
import { type Fleet, loadFleet } from '../fleet/fleet.ts'
import { isFleet, writeLostFleet } from '../fleet/init.ts'
import { CLIENT_ID_FORM } from '../fleet/names.ts'
import { fleetPaths } from '../fleet/paths.ts'
import { ensureFleetSchema } from '../postgres/fleet-schema.ts'
import type { Watcher } from './backup.ts'
import { findLatest, listBackedUpIds } from './backup-find.ts'
import { backupParts } from './backup-one.ts'
import { findLivingClient, findTombstone, setClientState } from './client-rows.ts'
import { eachClient } from './each-client.ts'
import { fleetUp } from './fleet-up.ts'
import { operator } from './operator.ts'
import { type RestoreResult, restoreClient } from './restore.ts'
import { openEnv } from './restore-plan.ts'
import { type Services, withServices } from './services.ts'

export interface FleetRestoreWish {
  /** The fleet folder: empty, or one whose servers have lost their data. */
  dir: string
  /** Folder with the backups, where they are not in the fleet folder. */
  from: string | undefined
  /** File with the age identity, where it is not in the fleet folder. */
  identity: string | undefined
}

/**
 * Brings a whole fleet back on an empty machine: folder and secrets from the newest shared backup, then the servers,
 * schema `fleet`, and every client from its newest backup, with its bot. One that fails does not stop the others; run
 * again, it goes on with those that are missing. `counted` runs the clients' part and shows how far it is.
 * @throws BookctlError exit 5 where there is a fleet with clients; exit 4 without backups; exit 12 without the key;
 * exit 3 naming the clients that failed.
 */
export async function restoreFleet(
  context: Context,
  wish: FleetRestoreWish,
  counted: (work: (watcher: Watcher<RestoreResult>) => Promise<RestoreResult[]>) => Promise<unknown>,
): Promise<void> {
  const fleet = await restoreFolder(context, wish)
  await fleetUp(context, fleet)
  await withServices(
    context,
    fleet,
    async (services) => {
      const key = { file: wish.identity ?? fleet.paths.identity }
      await restoreShared(context, services, key)
      const sets = await setsToRestore(services, context.now())
      await counted((watcher) => restoreEach(context, services, { sets, identity: wish.identity }, watcher))
    },
    'bookctl restore --whole-fleet',
  )
}

async function restoreEach(
  context: Context,
  services: Services,
  { sets, identity }: { sets: readonly BackupSet[]; identity: string | undefined },
  watcher: Watcher<RestoreResult>,
): Promise<RestoreResult[]> {
  const byId = new Map(sets.map((set) => [set.data.client.id, set.name]))
  watcher.total?.(byId.size)
  // The steps of each would push the others' off the screen.
  const quiet = { ...context, ui: { ...context.ui, tasks: runQuietly } }
  return await eachClient(
    [...byId.keys()],
    { limit: 1, signal: context.signal },
    async (id) =>
      await restoreClient(quiet, services, {
        id,
        choice: { backup: byId.get(id) },
        confirmed: [id],
        dryRun: false,
        token: undefined,
        identity,
        keys: false,
      }),
    (one) => watcher.done?.(one),
  )
}

/** The fleet folder, made anew where it is lost. */
async function restoreFolder(context: Context, { dir, from, identity }: FleetRestoreWish): Promise<Fleet> {
  const paths = fleetPaths(resolve(dir))
  const source = from === undefined ? paths.backups : resolve(from)
  if (!(await isFleet(paths.dir))) {
    const shared = await newestShared(`${source}/${SHARED}`)
    if (!shared)
      throw new BookctlError(
        'backup-not-found',
        'notFound',
        `There is no shared backup in ${source}/${SHARED}`,
        {
          hint: 'Name the folder that holds a folder for each client and one called fleet: --from DIR. Without a shared backup make a new fleet first: bookctl init',
        },
      )
    const key = identity ?? paths.identity
    const env = await openEnv(key, shared.secrets)
    if (!env)
      throw new BookctlError('key-missing', 'wrongKey', `There is no age identity in ${key}`, {
        hint: 'Give the copy that you keep elsewhere: --identity FILE',
      })
    const lines = [...env].map(([name, value]) => `${name}=${renderValue(value)}\n`)
    await writeLostFleet(paths.dir, {
      settings: shared.data.settings,
      env: lines.join(''),
      identity: (await readIfExists(key)) ?? '',
    })
    context.ui.note(`${paths.dir}: fleet.yml and .env are those of ${shared.data.createdAt}`)
  }
  if (source !== paths.backups)
    await cp(source, paths.backups, { recursive: true, force: false, preserveTimestamps: true })
  return await loadFleet(paths.dir)
}

async function newestShared(folder: string): Promise<SharedSet | undefined> {
  return (await listSharedBackups(folder))[0]
}

/** Schema `fleet`, unless clients are in it already: those of a run before this one, which goes on. */
async function restoreShared(context: Context, services: Services, key: ArchiveKey): Promise<void> {
  const { db, engine, fleet } = services
  const { rows } = await db.query<{ database: string; clients: number; restored: number }>(
    `select current_database() as database,
            (select count(*) from fleet.clients where state <> 'removed') as clients,
            (select count(*) from fleet.audit where action = 'fleet restored') as restored`,
  )
  const { database = '', clients = 0, restored = 0 } = rows[0] ?? {}
  if (restored > 0) return
  if (clients > 0)
    throw new BookctlError('fleet-occupied', 'conflict', `This fleet has ${clients} clients`, {
      hint: 'A fleet is restored where it is lost. Single clients: bookctl restore ID',
    })
  const set = await newestShared(fleet.paths.sharedBackups)
  if (!set) {
    context.ui.warn('There is no shared backup: the journal, and what was removed, are not known any more.')
    return
  }
  await context.ui.tasks([
    {
      title: 'Load what all clients share',
      run: async () => {
        await verifyBackup({ ...backupParts(services), set, key, level: 'restore' })
        await loadShared(engine, database, { set, key })
        await ensureFleetSchema(db)
        await db.query(`insert into fleet.audit (actor, action, details) values ($1, 'fleet restored', $2)`, [
          operator(),
          JSON.stringify({ backup: set.name }),
        ])
        return set.name
      },
    },
  ])
}

/** The latest backup of each client that is not back yet; a client whose latest one was made at its removal stays removed. */
async function setsToRestore({ db, fleet }: Services, now: Date): Promise<BackupSet[]> {
  const wanted: BackupSet[] = []
  for (const id of (await listBackedUpIds(fleet)).filter((one) => CLIENT_ID_FORM.test(one))) {
    const living = await findLivingClient(db, id)
    const { rowCount } = await db.query('select from pg_namespace where nspname = $1', [id])
    // Here already, whatever its backups say: one that was removed may have been restored since.
    if (living?.state === 'active' && rowCount > 0) continue
    const latest = findLatest(await listBackups(fleet.paths.clientBackups(id)), { uuid: living?.uuid, now })
    if (!latest) continue
    if (!living && (await findTombstone(db, id))?.uuid === latest.data.client.uuid) continue
    if (latest.data.reason === 'removal') {
      if (living) await setClientState(db, living.uuid, 'removed')
      continue
    }
    wanted.push(latest)
  }
  return wanted
}

async function runQuietly(steps: Parameters<Context['ui']['tasks']>[0]): Promise<void> {
  for (const step of steps) await step.run(() => undefined)
}
