import type { Command } from 'commander'
import type { VerifyResult } from '../../operations/backup-verify.ts'
import type { Runner } from '../../program.ts'

const EXAMPLES = `
Examples:
  bookctl backup drill                 all that fit into 10 minutes, the longest not restored first
  bookctl backup drill --minutes 30
  bookctl backup drill anna`

/** `bookctl backup drill [id...]` */
export function register(backup: Command, run: Runner): void {
  backup
    .command('drill')
    .description('really restore newest backups into a scratch database, those first that waited longest')
    .argument('[id...]', 'these clients only')
    .option('--minutes <n>', 'begin no further one after this time', '10')
    .option('--identity <file>', "age identity that opens encrypted archives (default: the fleet's own)")
    .addHelpText('after', EXAMPLES)
    .action(
      run(async (context, ids: string[], flags: { minutes: string; identity?: string }) => {
        const { openFleet } = await import('../../context.ts')
        const { BookctlError } = await import('../../errors.ts')
        const { drillBackups } = await import('../../operations/backup-verify.ts')
        const { withServices } = await import('../../operations/services.ts')
        const { countedTask } = await import('./counted-task.ts')
        const minutes = Number(flags.minutes)
        if (!(minutes > 0))
          throw new BookctlError(
            'minutes-invalid',
            'usage',
            `--minutes ${flags.minutes} is no number of minutes`,
          )
        const fleet = await openFleet(context)
        const wish = { ids, seconds: minutes * 60, identity: flags.identity }
        let left = 0
        let closed = 0
        await withServices(context, fleet, (services) =>
          countedTask<VerifyResult>(context, {
            title: 'Drill',
            work: async (watcher) => {
              const result = await drillBackups(context, services, wish, watcher)
              left = result.left
              closed = result.drilled.filter(({ level }) => level !== 'restore').length
              return result.drilled
            },
            short: ({ name }) => name,
            line: ({ name, level }) =>
              level === 'restore'
                ? `${name}: restored, rows equal`
                : `${name}: NOT restored, only its hash is right`,
          }),
        )
        if (closed > 0)
          context.ui.warn(
            `${closed} are encrypted, and their key is not on this machine: only their hash was proved. Restore them with: --identity FILE`,
          )
        if (left > 0) context.ui.note(`${left} did not fit into the time; the next drill begins with them.`)
      }),
    )
}
