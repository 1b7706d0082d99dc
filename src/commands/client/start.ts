import type { Command } from 'commander'
import type { Runner } from '../../program.ts'
import { runSeveral } from './run-several.ts'

/** `bookctl client start <id...>|--all` */
export function register(client: Command, run: Runner): void {
  client
    .command('start')
    .description('start bots, each until it is ready')
    .argument('[id...]', 'clients')
    .option('--all', 'every client of the fleet')
    .action(
      run(async (context, ids: string[], flags: { all?: true }) => {
        await runSeveral(context, 'start', ids, flags.all === true)
      }),
    )
}
