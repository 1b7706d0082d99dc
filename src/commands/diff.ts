import type { Command } from 'commander'
import type { Context } from '../context.ts'
import type { Runner } from '../program.ts'

const EXAMPLES = `
Examples:
  bookctl diff                       everything that apply would do
  bookctl diff anna --json
  bookctl diff --exit-code || mail …  for a nightly look`

/** `bookctl diff [id...]` */
export function register(program: Command, run: Runner): void {
  program
    .command('diff')
    .description('what apply would do; changes nothing')
    .argument('[id...]', 'these clients only')
    .option('--exit-code', 'end with 20 when something is to be done')
    .option('--detailed-exitcode', 'the same')
    .addHelpText('after', EXAMPLES)
    .action(
      run(async (context, ids: string[], flags: { exitCode?: true; detailedExitcode?: true }) => {
        const pending = await showDiff(context, ids)
        const { EXIT } = await import('../errors.ts')
        if (pending && (flags.exitCode || flags.detailedExitcode)) process.exitCode = EXIT.drift
      }),
    )
}

/** Prints the plan. True when something is to be done. */
export async function showDiff(context: Context, ids: readonly string[]): Promise<boolean> {
  const { openFleet } = await import('../context.ts')
  const { diffFleet } = await import('../operations/apply.ts')
  const { isPending, planDocument, renderPlan } = await import('../operations/render-plan.ts')
  const { ui } = context
  const plan = await diffFleet(context, await openFleet(context), ids)
  for (const warning of plan.clients.flatMap(({ warnings }) => warnings)) ui.warn(warning)
  if (ui.json) ui.document(planDocument(plan))
  else ui.data(renderPlan(plan, ui))
  if (!plan.complete)
    ui.note('The servers do not run, so roles, rights, schemas and Redis users were not compared.')
  return isPending(plan)
}
