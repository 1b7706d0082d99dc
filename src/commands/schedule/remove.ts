import type { Command } from 'commander'
import type { Runner } from '../../program.ts'

/** `bookctl schedule remove` */
export function register(schedule: Command, run: Runner): void {
  schedule
    .command('remove')
    .description('take the block of this fleet out of the crontab; backups stay')
    .action(
      run(async (context) => {
        const { openFleet } = await import('../../context.ts')
        const { removeSchedule } = await import('../../operations/schedule.ts')
        const { ui } = context
        const removed = await removeSchedule(await openFleet(context))
        if (ui.json) ui.document({ removed })
        else ui.data(removed ? 'removed from the crontab' : 'not in the crontab')
      }),
    )
}
