import type { Command } from 'commander'
import type { Runner } from '../../program.ts'

/** `bookctl client list` */
export function register(client: Command, run: Runner): void {
  client
    .command('list')
    .description('all clients of the fleet')
    .option('--removed', 'also those that were removed')
    .action(
      run(async (context, flags: { removed?: true }) => {
        const { openFleet } = await import('../../context.ts')
        const { listWritten } = await import('../../fleet/clients.ts')
        const { withServices } = await import('../../operations/services.ts')
        const { listClients } = await import('../../operations/client-view.ts')
        const { ui } = context
        const fleet = await openFleet(context)
        const declared = await listWritten(fleet)
        const clients = await withServices(context, fleet, (services) =>
          listClients(services, declared, flags.removed === true),
        )
        if (ui.json) return ui.document(clients)
        if (clients.length === 0) return ui.note('There are no clients. Add one with: bookctl client add')
        const row = (one: (typeof clients)[number]) => [
          one.id,
          one.title,
          one.state,
          one.botUsername ? `@${one.botUsername}` : '–',
          (one.removedAt ?? one.createdAt ?? '–').slice(0, 10),
        ]
        ui.data(ui.table(['CLIENT', 'TITLE', 'STATE', 'BOT', 'SINCE'], clients.map(row)))
      }),
    )
}
