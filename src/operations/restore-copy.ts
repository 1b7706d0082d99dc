import { randomUUID } from 'node:crypto'
import { requireKey } from '../backup/archive-file.ts'
import type { Context } from '../context.ts'
import { BookctlError } from '../errors.ts'
import { findWritten } from '../fleet/clients.ts'
import { clientNames, parseClientId } from '../fleet/names.ts'
import { readServerVersion } from '../postgres/catalogue.ts'
import { type BackupChoice, findBackup } from './backup-find.ts'
import { decideAdd, lookFor } from './client-add-look.ts'
import { withClientLock } from './client-lock.ts'
import { withOperation } from './journal.ts'
import { openSecrets, requireReadable } from './restore-plan.ts'
import { restoreSteps } from './restore-steps.ts'
import type { Services } from './services.ts'

export interface CopyWish {
  id: string
  choice: Omit<BackupChoice, 'now' | 'uuid'>
  as: string
  title: string | undefined
  identity: string | undefined
}

export interface CopyResult {
  id: string
  outcome: 'copied'
  backup: string
  from: string
}

const TITLE_MAX = 64

/**
 * Makes a new client from a backup of another: its data under an id, roles and keys of its own. It has no token, and its
 * bot does not run, so that nobody polls for the other's. Killed at any point, the same call goes on.
 * @throws BookctlError (exit 5) when the new id is taken, or was.
 */
export async function copyClient(context: Context, services: Services, wish: CopyWish): Promise<CopyResult> {
  const { db, fleet } = services
  const [from, id] = [parseClientId(wish.id), parseClientId(wish.as)]
  const names = clientNames(id)
  const set = await findBackup(fleet, from, { ...wish.choice, now: context.now() })
  requireReadable(set, names, await readServerVersion(db))
  const key = { file: wish.identity ?? fleet.paths.identity }
  await requireKey(set, key)
  const opened = await openSecrets(fleet, set, wish.identity)
  return await withClientLock(db, id, async () => {
    const found = await lookFor(services, id)
    const unfinished = found.living?.state === 'restoring' ? found.living : undefined
    if (!unfinished && decideAdd(fleet, found, { new: false, adopt: false }) !== 'new')
      throw new BookctlError('client-exists', 'conflict', `${id} exists`, {
        hint: 'A copy needs an id that was never used.',
      })
    const written = await findWritten(fleet, id)
    const { compose: _, ...declared } = set.data.declaration
    const declaration = {
      ...declared,
      id,
      uuid: unfinished?.uuid ?? written?.uuid ?? randomUUID(),
      title: wish.title ?? unfinished?.title ?? titleOfCopy(declared.title),
      run: false,
    }
    const keyFlag = wish.identity === undefined ? '' : ` --identity ${wish.identity}`
    const again = `bookctl restore ${from} ${set.name} --as ${id}${keyFlag}`
    const start = { kind: 'restore as' as const, clientId: id, clientUuid: declaration.uuid, again }
    return await withOperation(context, db, start, async (operation) => {
      const secrets = { token: undefined, adminIds: opened?.adminIds ?? '', sentryDsn: undefined }
      await context.ui.tasks(
        restoreSteps(context, services, {
          set,
          names,
          declaration,
          secrets,
          key,
          keys: false,
          operation,
          again,
          living: unfinished,
          copy: true,
          seconds: 0,
        }),
      )
      return { id, outcome: 'copied' as const, backup: set.name, from }
    })
  })
}

function titleOfCopy(title: string): string {
  const ending = ' (copy)'
  return `${title.slice(0, TITLE_MAX - ending.length)}${ending}`
}
