import type { Command } from 'commander'
import type { Runner } from '../program.ts'
import { showDiff } from './diff.ts'

const EXAMPLES = `
Examples:
  bookctl apply                      after an edit of files, or a newer bookctl
  bookctl apply anna boris           these clients only
  bookctl apply --dry-run            the same as bookctl diff
Run again it says "Nothing to do." and restarts nothing. No data is ever
removed: that is for bookctl client remove.`

/** `bookctl apply [id...]` */
export function register(program: Command, run: Runner): void {
  program
    .command('apply')
    .description('make the fleet follow fleet.yml, clients/*.yml and .env')
    .argument('[id...]', 'these clients only')
    .option('--dry-run', 'only say what would be done')
    .addHelpText('after', EXAMPLES)
    .action(
      run(async (context, ids: string[], flags: { dryRun?: true }) => {
        if (flags.dryRun) {
          await showDiff(context, ids)
          return
        }
        const { openFleet } = await import('../context.ts')
        const { applyFleet } = await import('../operations/apply.ts')
        const { tellFailure } = await import('../operations/each-client.ts')
        const { renderResult, resultDocument } = await import('../operations/render-plan.ts')
        const { ui } = context
        const result = await applyFleet(context, await openFleet(context), ids)
        if (ui.json && result.failure === undefined) return ui.document(resultDocument(result))
        if (!ui.json) {
          const text = renderResult(result, ui)
          if (text) ui.data(text)
          if (result.clients.length > 1) for (const one of result.clients) tellFailure(ui, one)
        }
        if (result.failure !== undefined) throw result.failure
      }),
    )
}
