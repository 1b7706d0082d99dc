import type { Command } from 'commander'
import type { ImportResult } from '../../operations/client-import.ts'
import type { ImportFlags } from '../../operations/client-import-look.ts'
import type { Runner } from '../../program.ts'

const EXAMPLES = `
Examples:
  bookctl client import anna --sqlite bookings.db --dry-run
  bookctl client import anna --sql client_001.sql                 of pg_dump -n client_001
  bookctl client import anna --dump booking_full.dump --schema client_001
The client must have been added, and have no customers or bookings yet. No customer gets a message. docs/import.md`

/** `bookctl client import <id>` */
export function register(client: Command, run: Runner): void {
  client
    .command('import')
    .description("bring a client's data over from the predecessor's bot")
    .argument('<id>', 'client that gets the data')
    .option('--sqlite <file>', 'database of the old SQLite bot')
    .option('--sql <file>', 'plain SQL of pg_dump')
    .option('--dump <file>', 'archive of pg_dump -Fc')
    .option('--schema <name>', "the old bot's schema in the file")
    .option('--dry-run', 'say what would be done, and change nothing')
    .addHelpText('after', EXAMPLES)
    .action(
      run(async (context, id: string, flags: ImportFlags) => {
        const { importClient } = await import('../../operations/client-import.ts')
        const result: ImportResult = await importClient(context, id, flags)
        if (context.ui.json) return context.ui.document(result)
        const { renderImport } = await import('../../operations/render-import.ts')
        return context.ui.data(renderImport(result))
      }),
    )
}
