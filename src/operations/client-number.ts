import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { listWritten } from '../fleet/clients.ts'
import { clientIdOfNumber, clientNumber } from '../fleet/names.ts'
import type { AdminDb } from '../postgres/admin.ts'
import { decideAdd, lookFor } from './client-add-look.ts'
import { lockNumbering } from './client-lock.ts'
import { insertPendingClient, listGivenIds } from './client-rows.ts'
import type { Services } from './services.ts'

/** The number after the highest that a client has or had: tombstones, declared files and archives count. */
export async function nextClientId(services: Services, db: AdminDb = services.db): Promise<string> {
  const declared = (await listWritten(services.fleet)).map((declaration) => declaration.id)
  const ids = [...(await listGivenIds(db)), ...declared, ...(await archived(services.fleet.paths.backups))]
  const highest = Math.max(0, ...ids.map((id) => clientNumber(id) ?? 0))
  return clientIdOfNumber(highest + 1)
}

/** Chooses the next number and writes its row in one transaction, so that two operators get two numbers. */
export async function reserveNumber(
  services: Services,
  client: { title: string; botId: string; botUsername: string | null },
): Promise<string> {
  return await services.db.transaction(async (tx) => {
    await lockNumbering(tx)
    const id = await nextClientId(services, tx)
    decideAdd(services.fleet, await lookFor(services, id, tx), { new: false, adopt: false })
    await insertPendingClient(tx, { uuid: randomUUID(), id, ...client })
    return id
  })
}

async function archived(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
