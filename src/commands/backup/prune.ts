import type { Command } from 'commander'
import type { Context } from '../../context.ts'
import type { PrunePlan, PruneResult } from '../../operations/backup-prune.ts'
import type { Runner } from '../../program.ts'

const EXAMPLES = `
Examples:
  bookctl backup prune --dry-run          what would go, what stays, and why; needs no server
  bookctl backup prune
  bookctl backup prune anna
How many stay is backup.keep in fleet.yml. The newest proved backup of a client always stays, and nothing goes before
a newer one was proved.`

/** `bookctl backup prune [id...]` */
export function register(backup: Command, run: Runner): void {
  backup
    .command('prune')
    .description('remove old backups by the policy of fleet.yml, with a reason for each')
    .argument('[id...]', 'these clients only, living or removed; `fleet` for what all share')
    .option('--dry-run', 'only show it')
    .option('--allow-mass', 'more than half of the backups may go')
    .addHelpText('after', EXAMPLES)
    .action(
      run(async (context, ids: string[], flags: { dryRun?: true; allowMass?: true }) => {
        const { openFleet } = await import('../../context.ts')
        const { planPrune, pruneBackups } = await import('../../operations/backup-prune.ts')
        const { withServices } = await import('../../operations/services.ts')
        const { tellFailure } = await import('../../operations/each-client.ts')
        const fleet = await openFleet(context)
        if (flags.dryRun) return print(context, await planPrune(fleet, ids, context.now()), 'would remove')
        const results: PruneResult[] = []
        const wish = { ids, allowMass: flags.allowMass === true }
        try {
          await withServices(
            context,
            fleet,
            (services) =>
              pruneBackups(context, services, wish, {
                done: (one) => (one.ok ? void results.push(one.result) : tellFailure(context.ui, one)),
              }),
            'bookctl backup prune',
          )
        } catch (error) {
          if (results.length > 0 && !context.ui.json) await print(context, results, 'removed')
          throw error
        }
        await print(context, results, 'removed')
      }),
    )
}

async function print(context: Context, plans: readonly (PrunePlan | PruneResult)[], gone: string) {
  const { formatAge } = await import('../../operations/fleet-health.ts')
  const { ui } = context
  const now = context.now().getTime()
  if (ui.json)
    return ui.document(
      plans.map(({ id, decisions, ...more }) => ({
        id,
        ...more,
        backups: decisions.map(({ set, keep, reasons }) => ({ name: set.name, keep, reasons })),
      })),
    )
  const rows = plans.flatMap(({ decisions }) =>
    decisions.map(({ set, keep, reasons }) => [
      keep ? 'kept' : gone,
      set.name,
      formatAge((now - set.createdAt.getTime()) / 1000),
      reasons.join('; '),
    ]),
  )
  if (rows.length === 0) return ui.note('There are no backups.')
  ui.data(ui.table(['', 'BACKUP', 'AGE', 'WHY'], rows))
  for (const plan of plans)
    if ('finished' in plan && plan.finished.length > 0)
      ui.note(`${plan.id}: finished the removal of ${plan.finished.join(', ')}`)
}
