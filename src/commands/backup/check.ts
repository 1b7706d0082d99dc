import type { Command } from 'commander'
import type { Runner } from '../../program.ts'

const EXAMPLES = `
Examples:
  bookctl backup check
  bookctl backup check --json | jq '.[] | select(.healthy | not)'
How old a backup and a drill may be: backup.maxAgeHours and maxDrillAgeDays in fleet.yml. Exit code 3 when something
is red.`

/** `bookctl backup check` */
export function register(backup: Command, run: Runner): void {
  backup
    .command('check')
    .description('is every client safe? judged by the files on this disk; needs no server')
    .addHelpText('after', EXAMPLES)
    .action(
      run(async (context) => {
        const { openFleet } = await import('../../context.ts')
        const { judgeStored } = await import('../../backup/judge.ts')
        const { readAllStored } = await import('../../operations/backup-stored.ts')
        const { formatAge } = await import('../../operations/fleet-health.ts')
        const { ui } = context
        const fleet = await openFleet(context)
        const now = context.now()
        const stored = await readAllStored(fleet)
        const found = stored.map((one) => judgeStored(one, fleet.settings.backup, now))
        if (found.some((one) => !one.healthy)) process.exitCode = 3
        if (ui.json) return ui.document(found)
        if (found.length === 0) return ui.note('There are no clients and no backups.')
        const ago = (at: string | null) =>
          at === null ? '–' : formatAge((now.getTime() - Date.parse(at)) / 1000)
        const rows = found.map((one) => [
          one.id,
          one.healthy ? '✓ safe' : '✗ red',
          ago(one.backupAt),
          ago(one.drillAt),
        ])
        ui.data(ui.table(['CLIENT', 'STATE', 'BACKUP', 'DRILL'], rows))
        for (const { name, what, hint } of found.flatMap((one) => one.problems))
          ui.data(`✗ ${name} ${what}${hint ? `\n  ${hint}` : ''}`)
      }),
    )
}
