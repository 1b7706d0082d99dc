import { removeDeclaration, updateDeclaration, writeDeclaration } from '../fleet/clients.ts'
import type { ClientDeclaration } from '../fleet/schema.ts'
import type { Services } from './services.ts'

// What an engine makes of a declaration follows it at once. It is asked even where the file was right already: a
// run before this one may have been killed between the two.

type Places = Pick<Services, 'fleet' | 'engine'>

/** Writes the file of a new client. */
export async function declareClient(at: Places, declaration: ClientDeclaration): Promise<void> {
  await writeDeclaration(at.fleet, declaration)
  await at.engine.writeFiles(declaration.id)
}

/** Changes declared values in place. False: everything was so already. */
export async function redeclareClient(
  at: Places,
  id: string,
  changes: Parameters<typeof updateDeclaration>[2],
): Promise<boolean> {
  const changed = await updateDeclaration(at.fleet, id, changes)
  const followed = await at.engine.writeFiles(id)
  return changed || followed
}

/** Deletes a client's file. False: there was none. */
export async function undeclareClient(at: Places, id: string): Promise<boolean> {
  const removed = await removeDeclaration(at.fleet, id)
  const followed = await at.engine.writeFiles(id)
  return removed || followed
}
