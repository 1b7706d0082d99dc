import { findDeclaration } from '../fleet/clients.ts'
import { clientNames } from '../fleet/names.ts'
import type { ClientDeclaration } from '../fleet/schema.ts'
import { readClientSettings } from '../postgres/client-settings.ts'
import type { ClientRow } from './client-rows.ts'
import type { Services } from './services.ts'

/** A client's declaration. The file may be lost: what it would say is in the database. */
export async function declarationOf(
  { fleet, db }: Pick<Services, 'fleet' | 'db'>,
  client: ClientRow,
): Promise<ClientDeclaration> {
  const declared = await findDeclaration(fleet, client.client_id)
  if (declared) return declared
  const { timeZone } = await readClientSettings(db, clientNames(client.client_id))
  return { id: client.client_id, uuid: client.uuid, title: client.title, timeZone, run: true, initial: {} }
}
