import type { Command } from 'commander'
import type { ClientView } from '../../operations/client-view.ts'
import type { Runner } from '../../program.ts'

const EXAMPLES = `
Examples:
  bookctl client show anna                                every setting with its value, and what it allows
  bookctl client show anna boris --json                   for scripts; ownSettings are those that are no defaults`

/** `bookctl client show <id...>|--all` */
export function register(client: Command, run: Runner): void {
  client
    .command('show')
    .description('everything about a client: settings, hours, services, names, last operations')
    .argument('[id...]', 'clients')
    .option('--all', 'every client of the fleet')
    .addHelpText('after', EXAMPLES)
    .action(
      run(async (context, ids: string[], flags: { all?: true }) => {
        const { openFleet } = await import('../../context.ts')
        const { selectClients } = await import('../../fleet/clients.ts')
        const { withServices } = await import('../../operations/services.ts')
        const { viewClient } = await import('../../operations/client-view.ts')
        const fleet = await openFleet(context)
        const clients = await selectClients(fleet, ids, flags.all === true)
        const views = await withServices(context, fleet, async (services) => {
          const found: ClientView[] = []
          for (const one of clients) found.push(await viewClient(services, one))
          return found
        })
        if (context.ui.json) context.ui.document(views)
        else {
          const { renderClient } = await import('./show-output.ts')
          context.ui.data(views.map((view) => renderClient(context.ui, view)).join('\n\n'))
        }
      }),
    )
}
