import type { Command } from 'commander'
import type { Runner } from '../../program.ts'

/** `bookctl backup show <id> [backup]` */
export function register(backup: Command, run: Runner): void {
  backup
    .command('show')
    .description('one backup in full, with the lines that restore it by hand')
    .argument('<id>', 'a client, living or removed')
    .argument('[backup]', 'its name or path', 'latest')
    .action(
      run(async (context, typed: string, named: string) => {
        const { openFleet } = await import('../../context.ts')
        const { restoreByHandLines } = await import('../../backup/restore-by-hand.ts')
        const { engineFor } = await import('../../engines/index.ts')
        const { parseClientId } = await import('../../fleet/names.ts')
        const { findBackup, viewOf } = await import('../../operations/backup-find.ts')
        const { formatBytes } = await import('../../operations/fleet-health.ts')
        const { ui } = context
        const fleet = await openFleet(context)
        const id = parseClientId(typed)
        const set = await findBackup(fleet, id, { backup: named, now: context.now() })
        const view = await viewOf(fleet, id, set)
        const { byHand } = engineFor(fleet)
        const restoreByHand = restoreByHandLines(set, { identity: fleet.paths.identity, byHand })
        if (ui.json) return ui.document({ ...view, restoreByHand })
        const rows = Object.entries(view.rows).filter(([, count]) => count > 0)
        const facts = [
          ['backup', view.name],
          ['of', `${view.title ?? ''} (${view.uuid ?? ''})`],
          ['made', `${view.createdAt} (${view.reason})`],
          ['proved', view.proof ? `${view.proof.level} on ${view.proof.at}` : 'never'],
          ['off site', view.offsiteAt === null ? 'no' : `read back on ${view.offsiteAt}`],
          ['kept until', view.keepUntil ?? 'as the fleet keeps backups'],
          ['size', formatBytes(view.bytes)],
          ['rows', rows.map(([table, count]) => `${table} ${count}`).join(', ') || 'none'],
          ['schema', `version ${view.schemaVersion}, PostgreSQL ${view.serverVersion}`],
          ['archive', view.encrypted ? `${view.archive} (encrypted)` : view.archive],
          ['secrets', view.secrets],
          ['keys', view.keys ? `${view.keys.count} of Redis in ${view.keys.file}` : 'none'],
        ]
        ui.data(facts.map(([name = '', value = '']) => `${name.padEnd(11)} ${value}`).join('\n'))
        ui.data(['by hand, with stock tools:', ...restoreByHand.map((line) => `  ${line}`)].join('\n'))
      }),
    )
}
