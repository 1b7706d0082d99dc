import type { Command } from 'commander'
import type { Runner } from '../../program.ts'

const EXAMPLES = `
Examples:
  bookctl client logs anna -f
  bookctl client logs anna --since 10m
  bookctl client logs --all --tail 20
Lines are JSON, one event a line; of several clients each line begins with the client's id.
With --json no line has a prefix, and what is not JSON is wrapped: {"client": …, "line": …}.`

interface Flags {
  all?: true
  follow?: true
  since?: string
  tail?: string
}

/** `bookctl client logs <id...>|--all` */
export function register(client: Command, run: Runner): void {
  client
    .command('logs')
    .description("a bot's log")
    .argument('[id...]', 'clients')
    .option('--all', 'every client of the fleet')
    .option('-f, --follow', 'go on until Ctrl-C')
    .option('--since <time>', 'as 90s, 10m, 2h, 3d, or an ISO time')
    .option('--tail <n>', 'only the last n lines (default 100; with --since all)')
    .addHelpText('after', EXAMPLES)
    .action(
      run(async (context, ids: string[], flags: Flags) => {
        const { openFleet } = await import('../../context.ts')
        const { selectClients } = await import('../../fleet/clients.ts')
        const { engineFor } = await import('../../engines/index.ts')
        const { clientNames } = await import('../../fleet/names.ts')
        const { parseSince, parseTail, showLine } = await import('../../operations/log-flags.ts')
        const fleet = await openFleet(context)
        const clients = await selectClients(fleet, ids, flags.all === true)
        const engine = engineFor(fleet)
        const since = flags.since === undefined ? undefined : parseSince(flags.since, context.now())
        const tail = flags.tail === undefined ? (since ? undefined : 100) : parseTail(flags.tail)
        const options = {
          ...(since ? { since } : {}),
          ...(tail === undefined ? {} : { tail }),
          ...(flags.follow ? { follow: true, signal: context.signal } : {}),
        }
        await Promise.all(
          clients.map(async ({ id }) => {
            for await (const line of engine.logs(clientNames(id).service, options))
              context.ui.data(showLine(line, id, { json: context.ui.json, several: clients.length > 1 }))
          }),
        )
      }),
    )
}
