import { readStored, type Stored } from '../backup/stored.ts'
import { SHARED } from '../backup/subject.ts'
import { BookctlError } from '../errors.ts'
import { mapLimited } from '../files/map-limited.ts'
import { listDeclarations } from '../fleet/clients.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { parseClientId } from '../fleet/names.ts'
import { listBackedUpIds } from './backup-find.ts'

/**
 * What lies on the disk of these clients; without ids, of all who have backups or should have. Needs no server: who
 * lives is what `clients/` declares.
 * @throws BookctlError (exit 4) for an id that is neither declared nor has backups.
 */
export async function readAllStored(fleet: Fleet, typed: readonly string[] = []): Promise<Stored[]> {
  const living = new Map((await listDeclarations(fleet)).map((one) => [one.id, one.uuid]))
  const known = new Set([...living.keys(), ...(await listBackedUpIds(fleet))])
  // What clients share is backed up with them.
  if (living.size > 0) known.add(SHARED)
  const ids = typed.map((one) => (one === SHARED ? one : parseClientId(one)))
  for (const id of ids)
    if (!known.has(id))
      throw new BookctlError(
        'client-not-found',
        'notFound',
        `There is no client ${id}, and no backup of it`,
        {
          hint: 'See what there is: bookctl backup list',
        },
      )
  const wanted = ids.length > 0 ? [...new Set(ids)] : [...known].toSorted()
  return await mapLimited(wanted, 4, (id) => readStored(fleet, id, living.get(id)))
}
