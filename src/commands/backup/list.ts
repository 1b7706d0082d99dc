import type { Command } from 'commander'
import type { Runner } from '../../program.ts'

/** `bookctl backup list [id]` */
export function register(backup: Command, run: Runner): void {
  backup
    .command('list')
    .description('the backups on this disk, newest first; needs no server')
    .argument('[id]', 'one client, living or removed; `fleet` for what all share')
    .action(
      run(async (context, typed: string | undefined) => {
        const { openFleet } = await import('../../context.ts')
        const { SHARED } = await import('../../backup/subject.ts')
        const { parseClientId } = await import('../../fleet/names.ts')
        const { listBackedUpIds, listSetsOf, viewOf } = await import('../../operations/backup-find.ts')
        const { formatAge, formatBytes } = await import('../../operations/fleet-health.ts')
        const { ui } = context
        const fleet = await openFleet(context)
        const one = typed === undefined || typed === SHARED ? typed : parseClientId(typed)
        const ids = one === undefined ? await listBackedUpIds(fleet) : [one]
        const views = []
        for (const id of ids)
          for (const set of await listSetsOf(fleet, id)) views.push(await viewOf(fleet, id, set))
        if (ui.json) return ui.document(views)
        if (views.length === 0) return ui.note('There are no backups. Make one with: bookctl backup --all')
        const now = context.now().getTime()
        const sum = (rows: Record<string, number>) =>
          Object.values(rows).reduce((all, count) => all + count, 0)
        ui.data(
          ui.table(
            ['BACKUP', 'AGE', 'SIZE', 'ROWS', 'KEYS', 'REASON', 'PROVED', 'OFFSITE'],
            views.map((view) => [
              view.name,
              formatAge((now - Date.parse(view.createdAt)) / 1000),
              formatBytes(view.bytes),
              String(sum(view.rows)),
              view.keys === null ? '–' : String(view.keys.count),
              view.reason,
              view.proof?.level ?? '–',
              view.offsiteAt === null ? '–' : 'yes',
            ]),
          ),
        )
      }),
    )
}
