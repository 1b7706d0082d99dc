import { Argument, type Command } from 'commander'
import type { Runner } from '../../program.ts'
import { TASKS, type Task } from '../../schedule/due.ts'

const EXAMPLES = `
Examples:
  bookctl schedule run                    what is due; this is what cron calls once an hour
  bookctl schedule run backup             now, due or not; a failure alerts like any other`

/** `bookctl schedule run [task]` */
export function register(schedule: Command, run: Runner): void {
  schedule
    .command('run')
    .description('one look: do what is due, judged by the archives on the disk')
    .addArgument(new Argument('[task]', 'only this, and now').choices(TASKS))
    .addHelpText('after', EXAMPLES)
    .action(
      run(async (context, task: Task | undefined) => {
        const { openFleet } = await import('../../context.ts')
        const { runSchedule } = await import('../../operations/schedule-run.ts')
        const outcome = await runSchedule(context, await openFleet(context), task)
        if (context.ui.json) context.ui.document(outcome)
      }),
    )
}
