import type { Context } from '../../context.ts'
import type { Fleet } from '../../fleet/fleet.ts'
import type { ScheduleView } from '../../operations/schedule.ts'

const SAID: Record<ScheduleView['installed'], string> = {
  yes: 'installed in the crontab',
  no: 'not installed; install it with: bookctl schedule install',
  other: 'installed otherwise than this bookctl would; renew it with: bookctl schedule install',
}

/** The schedule as `install` and `show` tell it; times are those of the fleet's zone. */
export async function printSchedule({ ui }: Context, fleet: Fleet, view: ScheduleView): Promise<void> {
  const { localTime } = await import('../../fleet/zone.ts')
  if (ui.json) return ui.document(view)
  const { timeZone } = fleet.settings
  const local = (at: string | null) => (at === null ? '–' : localTime(new Date(at), timeZone))
  const rows = view.tasks.map(({ task, time, overdue, nextAt, last }) => [
    task,
    time ?? 'never',
    overdue ? '✗ overdue' : '✓',
    last ? `${last.ok ? '✓' : '✗'} ${local(last.endedAt)}` : '–',
    local(nextAt),
  ])
  ui.data(`Schedule of ${fleet.settings.name} (${timeZone}): ${SAID[view.installed]}`)
  ui.data(`\n${ui.table(['TASK', 'DAILY AT', 'STATE', 'LAST RUN', 'NEXT'], rows)}`)
  for (const { task, last } of view.tasks) if (last?.error) ui.data(`\n✗ ${task}: ${last.error}`)
  ui.data(`\nLog: ${view.log}`)
}
