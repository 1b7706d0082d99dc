import type { Command } from 'commander'
import type { Runner } from '../../program.ts'

/** `bookctl schedule show` */
export function register(schedule: Command, run: Runner): void {
  schedule
    .command('show')
    .description('what is installed, how it ended last, and when it runs next')
    .action(
      run(async (context) => {
        const { openFleet } = await import('../../context.ts')
        const { readSchedule } = await import('../../operations/schedule.ts')
        const { printSchedule } = await import('./print.ts')
        const fleet = await openFleet(context)
        await printSchedule(context, fleet, await readSchedule(context, fleet))
      }),
    )
}
