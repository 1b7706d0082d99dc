import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { BookctlError } from '../errors.ts'
import type { RestoreResult } from '../operations/restore.ts'
import type { Runner } from '../program.ts'
import { collected } from './client/collected.ts'

const EXAMPLES = `
Examples:
  bookctl restore anna                                  its newest backup; asks you to type client_anna
  bookctl restore anna --at 2026-03-01T12:00:00Z        as it was at that moment
  bookctl restore anna client_anna-20260301T030000000Z  this backup
  bookctl restore anna --dry-run                        what would change, in numbers
  bookctl restore anna --undo                           back to what the restore replaced
  bookctl restore anna --keys                           dialogues, too, of a backup that was made with --keys
  bookctl restore anna --as anna_test                   a copy; it gets a bot by client set --token-file
  bookctl restore --whole-fleet --fleet DIR --from BACKUPS --identity FILE
A removed client comes back with its token, file and data. Other clients are never touched.`

interface Flags {
  at?: string
  dryRun?: true
  undo?: true
  keys?: true
  wholeFleet?: true
  from?: string
  as?: string
  title?: string
  confirm?: string[]
  identity?: string
  tokenFile?: string
  tokenStdin?: boolean
}

/** `bookctl restore <id> [backup]` */
export function register(program: Command, run: Runner): void {
  program
    .command('restore')
    .description('bring a client back to a backup, also one that was removed')
    .argument('[id]', 'the client')
    .argument('[backup]', 'a name from `backup list`, a path, or latest', 'latest')
    .option('--at <time>', 'the newest backup that is at least as old as this (ISO 8601)')
    .option('--dry-run', 'show what would change, and change nothing')
    .option('--undo', 'put back what the newest restore has replaced')
    .option('--keys', 'bring the keys in Redis back, too (dialogues), each for the rest of its time')
    .option('--as <new-id>', 'make a new client of it, without a token; the one it is from stays as it is')
    .option('--title <title>', 'title of the new client')
    .option('--whole-fleet', 'on an empty machine: folder, secrets, servers and every client')
    .option('--from <dir>', 'with --whole-fleet: where the backups are (default: in the fleet folder)')
    .option('--confirm <id>', 'the id again, in place of typing it', collected)
    .option('--identity <file>', "age identity that opens the backup (default: the fleet's own)")
    .option('--token-file <file>', "the bot's token, where the secrets cannot be opened")
    .option('--token-stdin', 'the same from stdin')
    .addHelpText('after', EXAMPLES)
    .action(
      run(async (context, id: string | undefined, backup: string, flags: Flags) => {
        if (flags.keys && (id === undefined || flags.undo || flags.as !== undefined))
          throw new BookctlError(
            'keys-ambiguous',
            'usage',
            '--keys goes with one client and its own backup',
            {
              hint: 'Not with --whole-fleet, --undo or --as: bookctl restore ID --keys',
            },
          )
        if (id === undefined) await wholeFleet(context, flags)
        else if (flags.wholeFleet || flags.from !== undefined)
          throw new BookctlError('restore-ambiguous', 'usage', '--whole-fleet and --from take no client')
        else if (flags.undo) await undo(context, id, flags)
        else if (flags.as !== undefined) await copy(context, id, backup, { ...flags, as: flags.as })
        else await restore(context, id, backup, flags)
      }),
    )
}

async function wholeFleet(context: Context, flags: Flags): Promise<void> {
  const { findFleetDir } = await import('../fleet/fleet.ts')
  const { restoreFleet } = await import('../operations/restore-fleet.ts')
  const { countedTask } = await import('./backup/counted-task.ts')
  if (!flags.wholeFleet)
    throw new BookctlError('clients-missing', 'usage', 'No client was named', {
      hint: 'Name one, or for a machine that was lost give --whole-fleet.',
    })
  const named = context.options.fleet ?? context.env['BOOKCTL_FLEET']
  const dir = named === undefined ? (findFleetDir(context.cwd) ?? context.cwd) : resolve(context.cwd, named)
  const wish = { dir, from: flags.from, identity: flags.identity }
  await restoreFleet(context, wish, (work) =>
    countedTask<RestoreResult>(context, {
      title: 'Restore the clients',
      work,
      short: ({ id }) => id,
      line: ({ id, backup }) => `${id}: back to ${backup}`,
    }),
  )
}

async function restore(context: Context, id: string, backup: string, flags: Flags): Promise<void> {
  const { openFleet } = await import('../context.ts')
  const { restoreClient } = await import('../operations/restore.ts')
  const { withServices } = await import('../operations/services.ts')
  const { tokenFromFlags } = await import('../operations/token.ts')
  const fleet = await openFleet(context)
  const wish = {
    id,
    choice: { backup, at: parseTime(flags.at) },
    confirmed: flags.confirm ?? [],
    dryRun: flags.dryRun === true,
    token: await tokenFromFlags(context, flags),
    identity: flags.identity,
    keys: flags.keys === true,
  }
  const result = await withServices(
    context,
    fleet,
    (services) => restoreClient(context, services, wish),
    `bookctl restore ${id}`,
  )
  if (context.ui.json) context.ui.document(result)
  else print(context, result)
}

async function copy(
  context: Context,
  id: string,
  backup: string,
  flags: Flags & { as: string },
): Promise<void> {
  const { openFleet } = await import('../context.ts')
  const { parseTitle } = await import('../operations/client-values.ts')
  const { copyClient } = await import('../operations/restore-copy.ts')
  const { withServices } = await import('../operations/services.ts')
  const wish = {
    id,
    choice: { backup, at: parseTime(flags.at) },
    as: flags.as,
    title: flags.title === undefined ? undefined : parseTitle(flags.title),
    identity: flags.identity,
  }
  const fleet = await openFleet(context)
  const result = await withServices(
    context,
    fleet,
    (services) => copyClient(context, services, wish),
    `bookctl restore ${id} --as ${flags.as}`,
  )
  const { ui } = context
  if (ui.json) return ui.document(result)
  ui.data(`${result.id}: made from ${result.backup}`)
  ui.note(
    `Its bot does not run. Give it one of its own: bookctl client set ${result.id} --token-file FILE, then bookctl client start ${result.id}`,
  )
}

async function undo(context: Context, id: string, flags: Flags): Promise<void> {
  const { openFleet } = await import('../context.ts')
  const { withServices } = await import('../operations/services.ts')
  const { undoRestore } = await import('../operations/restore-undo.ts')
  const fleet = await openFleet(context)
  const result = await withServices(
    context,
    fleet,
    (services) => undoRestore(context, services, { id, confirmed: flags.confirm ?? [] }),
    `bookctl restore ${id} --undo`,
  )
  const { ui } = context
  if (ui.json) ui.document(result)
  else
    ui.data(
      result.outcome === 'swapped'
        ? `${result.id}: back to the data that was replaced at ${result.replacedAt ?? ''}`
        : `${result.id}: the restore is ended, nothing was changed`,
    )
}

function print({ ui }: Context, result: RestoreResult): void {
  const { id, outcome, backup, createdAt, difference, before, keys } = result
  const { tables, since } = difference
  ui.data(`${id}: ${outcome === 'planned' ? 'would go back' : 'is back'} to ${createdAt} (${backup})`)
  if (tables.length > 0)
    ui.data(
      ui.table(
        ['TABLE', 'BEFORE', 'AFTER'],
        tables.map((one) => [one.table, String(one.live), String(one.backup)]),
      ),
    )
  if (since) ui.data(`made since the backup: ${since.bookings} bookings, ${since.customers} customers`)
  if (keys) ui.data(`keys: ${keys.restored} are back, of ${keys.over} the time is over`)
  if (before) {
    ui.data(`what was there: backup ${before.backup}, and schema ${before.schema} for 7 days`)
    ui.note(`Put it back with: bookctl restore ${id} --undo`)
  }
}

function parseTime(typed: string | undefined): Date | undefined {
  if (typed === undefined) return undefined
  const at = new Date(typed)
  if (!Number.isNaN(at.getTime())) return at
  throw new BookctlError('time-invalid', 'usage', `--at ${typed} is no time`, {
    hint: 'Give it as in 2026-03-01T12:00:00Z.',
  })
}
