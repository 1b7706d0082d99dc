import type { Command } from 'commander'
import type { AddFlags } from '../../operations/client-add-wish.ts'
import type { Runner } from '../../program.ts'
import { collected } from './collected.ts'

const EXAMPLES = `
Examples:
  bookctl client add                                      asks for everything, takes the next number
  bookctl client add anna --title "Salon Anna" --token-file token.txt --admin 123456789
  bookctl client add anna --title "Salon Anna" --token-stdin --services services.yml < token.txt
Run again after an interruption it goes on; for a client that is there it does nothing.
Settings: bookctl client show ID lists them, of any client.
Services file: a YAML list, each with name, minutes, and if you like price and description.`

/** `bookctl client add [id]` */
export function register(client: Command, run: Runner): void {
  client
    .command('add')
    .description('add a client: database, secrets, bot; ends when its bot is ready')
    .argument('[id]', 'anna or client_anna; left out: the next number, as client_001')
    .option('--title <text>', 'name of the business')
    .option('--token-file <file>', "file with the bot's token")
    .option('--token-stdin', 'read the token from stdin')
    .option('--token <token>', 'the token itself (stays in your shell history: prefer --token-file)')
    .option('--admin <id>', 'numeric Telegram id of an admin; may be repeated', collected)
    .option('--timezone <zone>', "IANA zone, as Europe/Moscow (default: the fleet's)")
    .option('--work-hours <from-to>', 'as 9-18')
    .option('--max-bookings <n>', 'upcoming bookings per customer (default 3)')
    .option('--cancellation-hours <n>', 'until when a customer may cancel (default 24)')
    .option('--address <text>', 'address that customers see')
    .option('--phone <text>', 'telephone that customers see')
    .option('--setting <key=value>', 'any setting, as holdMinutes=5; may be repeated', collected)
    .option('--services <file>', 'YAML list of services')
    .option('--skip-token-check', 'do not ask Telegram about the token')
    .option('--keep-on-failure', 'leave what was made when a step fails')
    .option('--new', 'a new client under the id of a removed one')
    .option('--adopt', 'take up the data that `client remove --keep-data` has left')
    .option('--dry-run', 'say what would be made, and make nothing')
    .addHelpText('after', EXAMPLES)
    .action(
      run(async (context, id: string | undefined, flags: AddFlags) => {
        const { addClient } = await import('../../operations/client-add.ts')
        const { addWish } = await import('../../operations/client-add-wish.ts')
        const { printAdded } = await import('./add-output.ts')
        const { openFleet } = await import('../../context.ts')
        const { withServices } = await import('../../operations/services.ts')
        const wish = await addWish(context, id, flags)
        const fleet = await openFleet(context)
        const command = `bookctl client add${wish.id === undefined ? '' : ` ${wish.id}`}`
        const result = await withServices(
          context,
          fleet,
          (services) => addClient(context, services, wish),
          command,
        )
        printAdded(context.ui, result)
      }),
    )
}
