import type { Context } from '../../context.ts'
import type { RunVerb } from '../../operations/client-run.ts'
import type { ClientResult } from '../../operations/each-client.ts'

/** So many bots start at once: each costs a second of a processor. */
const AT_ONCE = 4

/** The middle of start, stop and restart: the same for several clients, with a result for each. */
export async function runSeveral(
  context: Context,
  verb: RunVerb,
  typed: readonly string[],
  all: boolean,
): Promise<void> {
  const { openFleet } = await import('../../context.ts')
  const { selectClients } = await import('../../fleet/clients.ts')
  const { withServices } = await import('../../operations/services.ts')
  const { runClient } = await import('../../operations/client-run.ts')
  const { eachClient, tellFailure } = await import('../../operations/each-client.ts')
  const { ui } = context
  const fleet = await openFleet(context)
  const clients = await selectClients(fleet, typed, all)
  const byId = new Map(clients.map((one) => [one.id, one]))
  const results: ClientResult<string>[] = []
  await withServices(
    context,
    fleet,
    (services) =>
      eachClient(
        [...byId.keys()],
        { limit: AT_ONCE, signal: context.signal },
        async (id) => {
          const declaration = byId.get(id)
          if (!declaration) throw new Error(`no declaration of ${id}`)
          return runClient(context, services, declaration, verb)
        },
        (one) => {
          results.push(one)
          if (byId.size > 1) tellFailure(ui, one)
          if (one.ok && !ui.json) ui.data(`${one.id}: ${one.result}`)
        },
      ),
    `bookctl client ${verb}`,
  )
  if (ui.json) ui.document(results)
  else if (results.length === 0) ui.note('There are no clients. Add one with: bookctl client add')
}
