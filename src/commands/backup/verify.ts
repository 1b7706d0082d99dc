import type { Command } from 'commander'
import type { VerifyResult } from '../../operations/backup-verify.ts'
import type { Runner } from '../../program.ts'

const LEVELS = `
Levels, each with what stands before it:
  hash     size and SHA-256 of the archive against its manifest
  read     pg_restore reads all of it
  restore  it is restored into a scratch database, and every table's rows are compared
The hash needs no key; to read or restore an encrypted archive takes one.`

/** `bookctl backup verify [id]` */
export function register(backup: Command, run: Runner): void {
  backup
    .command('verify')
    .description('prove backups; the newest of each client unless one is named')
    .argument('[id]', 'a client, living or removed')
    .argument('[backup]', 'its name or path')
    .option('--all', 'of every client that has backups, and what they share')
    .option('--every', 'not only the newest')
    .option('--level <level>', 'hash, read or restore', 'restore')
    .option('--identity <file>', "age identity that opens encrypted archives (default: the fleet's own)")
    .addHelpText('after', LEVELS)
    .action(
      run(
        async (
          context,
          id: string | undefined,
          named: string | undefined,
          flags: { all?: true; every?: true; level: string; identity?: string },
        ) => {
          const { openFleet } = await import('../../context.ts')
          const { parseLevel, verifyBackups } = await import('../../operations/backup-verify.ts')
          const { withServices } = await import('../../operations/services.ts')
          const { countedTask } = await import('./counted-task.ts')
          const { requireOneOrAll } = await import('./one-or-all.ts')
          requireOneOrAll(id !== undefined, flags.all === true, 'verify')
          const wish = {
            ids: id === undefined ? [] : [id],
            all: flags.all === true,
            every: flags.every === true,
            level: parseLevel(flags.level),
            identity: flags.identity,
            ...(named === undefined ? {} : { backup: named }),
          }
          const fleet = await openFleet(context)
          await withServices(context, fleet, (services) =>
            countedTask<VerifyResult>(context, {
              title: 'Verify',
              work: (watcher) => verifyBackups(context, services, wish, watcher),
              short: ({ name }) => name,
              line: ({ name, level }) => `${name}: proved (${level})`,
            }),
          )
        },
      ),
    )
}
