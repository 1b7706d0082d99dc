import type { Command } from 'commander'
import type { Runner } from '../program.ts'

const EXAMPLES = `
Examples:
  bookctl down                                        everything stops, the data stays
  bookctl down --delete-data --confirm booking        and deletes the data of the fleet named booking
Archives in backups/ are never deleted.`

interface Flags {
  deleteData?: true
  confirm?: string
}

/** `bookctl down` */
export function register(program: Command, run: Runner): void {
  program
    .command('down')
    .description('stop everything; the data stays')
    .option('--delete-data', 'delete the data of PostgreSQL and Redis for good')
    .option('--confirm <name>', "the fleet's name, in place of typing it")
    .addHelpText('after', EXAMPLES)
    .action(
      run(async (context, flags: Flags) => {
        const { openFleet } = await import('../context.ts')
        const { engineFor } = await import('../engines/index.ts')
        const { confirmName } = await import('../operations/confirm.ts')
        const { throwIfInterrupted } = await import('../operations/journal.ts')
        const fleet = await openFleet(context)
        const { ui } = context
        const engine = engineFor(fleet)
        const { name } = fleet.settings
        if (flags.deleteData) {
          const what = `All data of the fleet ${name} in PostgreSQL and Redis will be deleted for good.`
          await confirmName(context, { name, what }, flags.confirm === undefined ? [] : [flags.confirm])
        }
        const deleteData = async () => {
          throwIfInterrupted(context, 'bookctl down --delete-data')
          await engine.deleteData()
        }
        await ui.tasks([
          { title: 'Stop bots, Redis and PostgreSQL', run: () => engine.down(context.signal) },
          ...(flags.deleteData
            ? [{ title: 'Delete the data of PostgreSQL and Redis', run: deleteData }]
            : []),
        ])
        if (ui.json) return ui.document({ stopped: true, dataDeleted: flags.deleteData === true })
        ui.data(flags.deleteData ? 'Stopped; the data is deleted.' : 'Stopped; the data is kept.')
      }),
    )
}
