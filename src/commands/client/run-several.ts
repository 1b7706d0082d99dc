import type { Context } from '../../context.ts'
import type { RunVerb } from '../../operations/client-run.ts'

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
  const { eachClient } = await import('../../operations/each-client.ts')
  const { ui } = context
  const fleet = await openFleet(context)
  const clients = await selectClients(fleet, typed, all)
  const byId = new Map(clients.map((one) => [one.id, one]))
  const results = await withServices(
    context,
    fleet,
    (services) =>
      eachClient(
        [...byId.keys()],
        AT_ONCE,
        async (id) => {
          const declaration = byId.get(id)
          if (!declaration) throw new Error(`no declaration of ${id}`)
          return runClient(context, services, declaration, verb)
        },
        (one) => {
          if (ui.json) return
          if (one.ok) ui.data(`${one.id}: ${one.result}`)
          else if (byId.size > 1) ui.warn(`${one.id}: ${one.error}${one.hint ? `\n  ${one.hint}` : ''}`)
        },
      ),
    `bookctl client ${verb}`,
  )
  if (ui.json) ui.document(results)
  else if (results.length === 0) ui.note('There are no clients. Add one with: bookctl client add')
}
