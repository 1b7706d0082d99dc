import type { Command } from 'commander'
import type { RemoveResult } from '../../operations/client-remove.ts'
import type { Runner } from '../../program.ts'
import type { Ui } from '../../ui/output.ts'
import { collected } from './collected.ts'

const EXAMPLES = `
Examples:
  bookctl client remove anna                              asks you to type client_anna
  bookctl client remove anna --confirm client_anna        without a terminal
  bookctl client remove anna --keep-data --confirm client_anna
Nothing is deleted before the final backup has been restored into a scratch database and compared.`

/** `bookctl client remove <id...>` */
export function register(client: Command, run: Runner): void {
  client
    .command('remove')
    .description('remove clients: verified final backup, then everything that is theirs')
    .argument('<id...>', 'clients to remove')
    .option('--confirm <id>', 'the id again, in place of typing it; once for each client', collected)
    .option('--keep-data', 'leave schema and keys in place, for `client add --adopt`')
    .addHelpText('after', EXAMPLES)
    .action(
      run(async (context, ids: string[], flags: { confirm?: string[]; keepData?: true }) => {
        const { removeClients } = await import('../../operations/client-remove.ts')
        const { ui } = context
        const wish = { ids, confirmed: flags.confirm ?? [], keepData: flags.keepData === true }
        const results = await removeClients(context, wish, (one) => {
          if (!ui.json) print(ui, one)
        })
        if (ui.json) ui.document(results)
      }),
    )
}

const SAID = {
  removed: 'removed',
  detached: 'out of the fleet, its data is kept',
  'already-removed': 'already removed',
} as const

function print(ui: Ui, { id, outcome, archive, restoreByHand }: RemoveResult): void {
  ui.data(`${id}: ${SAID[outcome]}`)
  if (archive) ui.data(`  archive  ${archive}`)
  if (restoreByHand.length > 0)
    ui.data(['  by hand, with stock tools:', ...restoreByHand.map((line) => `    ${line}`)].join('\n'))
  if (outcome === 'detached') ui.note(`Take it up again with: bookctl client add ${id} --adopt`)
}
