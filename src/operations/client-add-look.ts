import { existsSync } from 'node:fs'
import { BookctlError } from '../errors.ts'
import { findWritten, type WrittenDeclaration } from '../fleet/clients.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { type ClientNames, clientNames } from '../fleet/names.ts'
import type { AdminDb } from '../postgres/admin.ts'
import { inspectClient } from '../postgres/provision.ts'
import { hasAclUser, hasKeys } from '../redis/admin.ts'
import { type ClientRow, findLivingClient, findTombstone } from './client-rows.ts'
import { finishHint } from './finish-hint.ts'
import type { Services } from './services.ts'

/** What is there under an id before anything is done. */
export interface Found {
  names: ClientNames
  living: ClientRow | undefined
  tombstone: ClientRow | undefined
  declaration: WrittenDeclaration | undefined
  schema: boolean
  role: boolean
  keys: boolean
  aclUser: boolean
  /** Things of the engine under the client's names that this fleet did not make. */
  foreign: string[]
}

export type AddMode = 'new' | 'continue' | 'adopt' | 'already'

/** Looks in all places that hold something of a client. Reads only. */
export async function lookFor(services: Services, id: string, db: AdminDb = services.db): Promise<Found> {
  const names = clientNames(id)
  const [living, tombstone, declaration, made, keys, aclUser, foreign] = [
    await findLivingClient(db, id),
    await findTombstone(db, id),
    await findWritten(services.fleet, id),
    await inspectClient(db, names),
    await hasKeys(services.redis, names.keyPrefix),
    await hasAclUser(services.redis, names),
    await services.engine.foreign(id),
  ]
  return {
    names,
    living,
    tombstone,
    declaration,
    schema: made.schema,
    role: made.role,
    keys,
    aclUser,
    foreign,
  }
}

/**
 * Decides what `client add` may do here.
 * @throws BookctlError (exit 5) for what is there and must not be taken over silently.
 */
export function decideAdd(
  fleet: Fleet,
  found: Found,
  wish: { new: boolean; adopt: boolean; botId?: string | undefined },
): AddMode {
  const { names, living } = found
  const id = names.id
  if (living) return decideLiving(living, wish)
  if (wish.adopt)
    throw new BookctlError('nothing-to-adopt', 'conflict', `${id} has no data that was kept`, {
      hint: '--adopt takes up what `bookctl client remove --keep-data` has left: leave the flag out.',
    })
  if (found.tombstone && !wish.new) throw removedBefore(fleet, found.tombstone)
  refuseForeign(found)
  return 'new'
}

function decideLiving(
  living: ClientRow,
  wish: { new: boolean; adopt: boolean; botId?: string | undefined },
): AddMode {
  const id = living.client_id
  if (wish.new)
    throw new BookctlError('client-exists', 'conflict', `${id} exists: --new is for an id that was removed`, {
      hint: `See it with: bookctl client show ${id}`,
    })
  switch (living.state) {
    case 'active':
      if (wish.botId !== undefined && living.bot_id !== null && wish.botId !== living.bot_id)
        throw new BookctlError('client-exists', 'conflict', `${id} exists, with another bot`, {
          hint: `To give it another token: bookctl client set ${id} --token-file FILE`,
        })
      return 'already'
    case 'pending':
      return 'continue'
    case 'detached':
      if (wish.adopt) return 'adopt'
      throw new BookctlError(
        'client-detached',
        'conflict',
        `The data of ${id} was kept when it was removed`,
        {
          hint: `Take it up again with: bookctl client add ${id} --adopt --token-file FILE`,
        },
      )
    case 'removing':
      throw new BookctlError(
        'client-removing',
        'conflict',
        `The removal of ${id} was begun and not finished`,
        {
          hint: `Finish it with: bookctl client remove ${id} --confirm ${id}`,
        },
      )
    case 'restoring':
      throw new BookctlError(
        'client-restoring',
        'conflict',
        `A restore of ${id} was begun and not finished`,
        {
          hint: finishHint(id, living.state),
        },
      )
    case 'removed':
      break
  }
  throw new Error(`${id}: a removed client is not a living one`)
}

function removedBefore(fleet: Fleet, tombstone: ClientRow): BookctlError {
  const id = tombstone.client_id
  const folder = fleet.paths.clientBackups(id)
  const archives = existsSync(folder)
    ? `Bring it back with: bookctl restore ${id} (its archives are in ${folder}).`
    : `Its archives were in ${folder}.`
  return new BookctlError(
    'client-removed',
    'conflict',
    `${id} was removed${tombstone.removed_at ? ` on ${tombstone.removed_at.toISOString().slice(0, 10)}` : ''}`,
    {
      hint: `${archives} For another client under this id: bookctl client add ${id} --new`,
      details: { folder },
    },
  )
}

/** A schema, role, keys or ACL user without a client in our books belong to somebody else. */
function refuseForeign({ names, schema, role, keys, aclUser, foreign: ofEngine }: Found): void {
  const foreign = [
    ...ofEngine,
    schema ? `schema ${names.schema}` : '',
    role ? `role ${names.role}` : '',
    keys ? `Redis keys ${names.keyPrefix}*` : '',
    aclUser ? `Redis ACL user ${names.redisUser}` : '',
  ].filter(Boolean)
  if (foreign.length === 0) return
  throw new BookctlError(
    'not-ours',
    'conflict',
    `${names.id}: there is already ${foreign.join(', ')}, which bookctl did not make`,
    {
      hint: 'Nothing was changed. Choose another id, or look at these and take them away yourself.',
      details: { foreign },
    },
  )
}
