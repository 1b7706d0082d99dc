import type { Command } from 'commander'
import type { OffsiteResult } from '../../operations/offsite.ts'
import type { Runner } from '../../program.ts'

const EXAMPLES = `
Examples:
  bookctl backup fetch anna                                  its newest one
  bookctl backup fetch anna client_anna-20260301T030000000Z
  bookctl backup fetch --all                                 the newest of everybody, and of what they share
  bookctl backup fetch --all --every`

/** `bookctl backup fetch [id] [backup]` */
export function register(backup: Command, run: Runner): void {
  backup
    .command('fetch')
    .description('bring backups back from off site that are not here; needs no server')
    .argument('[id]', 'a client, living or removed; `fleet` for what all share')
    .argument('[backup]', 'its name')
    .option('--all', 'of everybody, and what they share')
    .option('--every', 'not only the newest')
    .addHelpText('after', EXAMPLES)
    .action(
      run(
        async (
          context,
          id: string | undefined,
          named: string | undefined,
          flags: { all?: true; every?: true },
        ) => {
          const { openFleet } = await import('../../context.ts')
          const { fetchBackups } = await import('../../operations/offsite-fetch.ts')
          const { countedTask } = await import('./counted-task.ts')
          const { requireOneOrAll } = await import('./one-or-all.ts')
          requireOneOrAll(id !== undefined, flags.all === true, 'fetch')
          const fleet = await openFleet(context)
          const wish = { id, backup: named, every: flags.every === true }
          await countedTask<OffsiteResult>(context, {
            title: 'Fetch',
            work: (watcher) => fetchBackups(context, fleet, wish, watcher),
            short: ({ name }) => name,
            line: ({ name }) => `${name}: here`,
          })
        },
      ),
    )
}
