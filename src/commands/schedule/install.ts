import type { Command } from 'commander'
import type { Runner } from '../../program.ts'

const EXAMPLES = `
Examples:
  bookctl schedule install                the crontab of the user who runs this
  bookctl schedule show
What is done when stands in fleet.yml (backup.schedule) and is read anew at each look: install once.
Alerts: alerts.telegram.chatIds in fleet.yml with ALERT_BOT_TOKEN in .env; DEAD_MAN_URL in .env.`

/** `bookctl schedule install` */
export function register(schedule: Command, run: Runner): void {
  schedule
    .command('install')
    .description('let cron make backups, drill and prune')
    .addHelpText('after', EXAMPLES)
    .action(
      run(async (context) => {
        const { openFleet } = await import('../../context.ts')
        const { installSchedule, readSchedule } = await import('../../operations/schedule.ts')
        const { printSchedule } = await import('./print.ts')
        const fleet = await openFleet(context)
        const changed = await installSchedule(context, fleet)
        await printSchedule(context, fleet, await readSchedule(context, fleet))
        if (changed)
          context.ui.success('The crontab has the block of this fleet; other lines are as they were.')
        else context.ui.note('It stands in the crontab already.')
        if (fleet.settings.alerts.telegram.chatIds.length === 0)
          context.ui.note('Nobody hears of a failure yet: name chats in fleet.yml, alerts.telegram.chatIds.')
      }),
    )
}
