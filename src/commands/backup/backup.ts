import type { Command } from 'commander'
import type { Context } from '../../context.ts'
import type { BackupResult, BackupWish } from '../../operations/backup.ts'
import type { Runner } from '../../program.ts'

const EXAMPLES = `
Examples:
  bookctl backup anna                     one client
  bookctl backup --all                    all clients, and what they share
  bookctl backup anna --keys              with the dialogues that its customers are in
  bookctl backup list anna
  bookctl backup verify anna              restores the newest into a scratch database
Restore with: bookctl restore anna`

interface Flags {
  all?: true
  shared?: true
  consistent?: true
  keys?: true
}

/** `bookctl backup [id...]`; answers with the command, for its verbs to be put under. */
export function register(program: Command, run: Runner): Command {
  return program
    .command('backup')
    .description('back up clients, each into its own archive that stock pg_restore reads')
    .enablePositionalOptions()
    .argument('[id...]', 'clients')
    .option('--all', 'every client that has data, and what they share')
    .option('--shared', 'what they share: schema fleet, fleet.yml and .env')
    .option('--consistent', 'one snapshot for all, and none of them when a client is locked')
    .option('--keys', "the clients' keys in Redis, too (dialogues); restore --keys brings them back")
    .addHelpText('after', EXAMPLES)
    .action(
      run(async (context, ids: string[], flags: Flags) => {
        await backUpClients(context, {
          ids,
          all: flags.all === true,
          shared: flags.shared === true,
          consistent: flags.consistent === true,
          keys: flags.keys === true,
          reason: 'manual',
        })
      }),
    )
}

async function backUpClients(context: Context, wish: BackupWish): Promise<void> {
  const { openFleet } = await import('../../context.ts')
  const { backUp, requireSomething } = await import('../../operations/backup.ts')
  const { withServices } = await import('../../operations/services.ts')
  const { formatBytes } = await import('../../operations/fleet-health.ts')
  const { countedTask } = await import('./counted-task.ts')
  requireSomething(wish)
  const fleet = await openFleet(context)
  await withServices(
    context,
    fleet,
    (services) =>
      countedTask<BackupResult>(context, {
        title: 'Back up',
        work: (watcher) => backUp(context, services, wish, watcher),
        short: ({ id, bytes }) => `${id} ${formatBytes(bytes)}`,
        line: ({ id, archive }) => `${id}: ${archive}`,
      }),
    `bookctl backup ${wish.all ? '--all' : wish.ids.join(' ')}`.trimEnd(),
  )
}
