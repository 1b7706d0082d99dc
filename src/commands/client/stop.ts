import type { Command } from 'commander'
import type { Runner } from '../../program.ts'
import { runSeveral } from './run-several.ts'

/** `bookctl client stop <id...>|--all` */
export function register(client: Command, run: Runner): void {
  client
    .command('stop')
    .description("stop bots; they stay stopped over 'up' and reboots")
    .argument('[id...]', 'clients')
    .option('--all', 'every client of the fleet')
    .action(
      run(async (context, ids: string[], flags: { all?: true }) => {
        await runSeveral(context, 'stop', ids, flags.all === true)
      }),
    )
}
