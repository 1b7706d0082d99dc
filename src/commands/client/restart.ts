import type { Command } from 'commander'
import type { Runner } from '../../program.ts'
import { runSeveral } from './run-several.ts'

/** `bookctl client restart <id...>|--all` */
export function register(client: Command, run: Runner): void {
  client
    .command('restart')
    .description('stop and start bots, with their files and .env as they are now')
    .argument('[id...]', 'clients')
    .option('--all', 'every client of the fleet')
    .action(
      run(async (context, ids: string[], flags: { all?: true }) => {
        await runSeveral(context, 'restart', ids, flags.all === true)
      }),
    )
}
