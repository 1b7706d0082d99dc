import type { Command } from 'commander'
import type { OffsiteResult } from '../../operations/offsite.ts'
import type { Runner } from '../../program.ts'

const EXAMPLES = `
Examples:
  bookctl backup push --all
  bookctl backup push anna
Where to: backup.offsite in fleet.yml (docs/offsite.md). Each file is read back and compared before it counts.`

/** `bookctl backup push [id...]` */
export function register(backup: Command, run: Runner): void {
  backup
    .command('push')
    .description('copy backups off site that are not there yet; needs no server')
    .argument('[id...]', 'clients, living or removed; `fleet` for what all share')
    .option('--all', 'of everybody, and what they share')
    .addHelpText('after', EXAMPLES)
    .action(
      run(async (context, ids: string[], flags: { all?: true }) => {
        const { openFleet } = await import('../../context.ts')
        const { pushBackups } = await import('../../operations/offsite.ts')
        const { countedTask } = await import('./counted-task.ts')
        const { requireOneOrAll } = await import('./one-or-all.ts')
        requireOneOrAll(ids.length > 0, flags.all === true, 'push', 'clients')
        const fleet = await openFleet(context)
        await countedTask<OffsiteResult>(context, {
          title: 'Copy off site',
          work: (watcher) => pushBackups(context, fleet, ids, watcher),
          short: ({ name }) => name,
          line: ({ name, place }) => `${name}: in ${place}, read back`,
        })
      }),
    )
}
