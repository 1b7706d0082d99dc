import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import type { Context } from '../context.ts'
import type { FleetStatus } from '../operations/fleet-status.ts'
import type { Runner } from '../program.ts'

const EXAMPLES = `
Examples:
  bookctl status
  bookctl status --watch 5
  bookctl status --json | jq '.clients[] | select(.healthy | not)'
Exit code 3 when something is unhealthy.`

/** `bookctl status` */
export function register(program: Command, run: Runner): void {
  program
    .command('status')
    .description('the whole fleet on one screen')
    .option('-w, --watch [seconds]', 'again and again (default every 2 s), until Ctrl-C')
    .addHelpText('after', EXAMPLES)
    .action(
      run(async (context, flags: { watch?: string | true }) => {
        const { openFleet } = await import('../context.ts')
        const { readFleetStatus } = await import('../operations/fleet-status.ts')
        const { BookctlError } = await import('../errors.ts')
        const { renderStatus } = await import('../operations/render-status.ts')
        const fleet = await openFleet(context)
        const pauseMs = watchPause(flags.watch)
        if (flags.watch !== undefined && !(pauseMs >= 500))
          throw new BookctlError(
            'watch-invalid',
            'usage',
            `--watch ${String(flags.watch)} is not a number of seconds`,
            {
              hint: 'Give seconds from 0.5, as in --watch 5.',
            },
          )
        let status: FleetStatus
        do {
          status = await readFleetStatus(context, fleet)
          print(context, status, renderStatus, flags.watch !== undefined)
          if (flags.watch !== undefined)
            await sleep(pauseMs, undefined, { signal: context.signal }).catch(() => undefined)
        } while (flags.watch !== undefined && !context.signal.aborted)
        if (!status.healthy) process.exitCode = 3
      }),
    )
}

function watchPause(watch: string | true | undefined): number {
  return typeof watch === 'string' ? Number(watch) * 1000 : 2000
}

function print(
  context: Context,
  status: FleetStatus,
  render: (status: FleetStatus, ui: Context['ui'], width: number | undefined) => string,
  watching: boolean,
): void {
  const { ui } = context
  if (ui.json && watching) return ui.data(JSON.stringify(status))
  if (ui.json) return ui.document(status)
  const { isTTY, columns, rows } = process.stdout
  const text = render(status, ui, isTTY ? columns || 80 : undefined)
  if (!watching) return ui.data(text)
  // A terminal shows one picture, drawn over the one before; a pipe gets one section after the other.
  if (isTTY) process.stdout.write(picture(text, rows || 24))
  else ui.data(`${status.at}\n${text}\n`)
}

/** Home, each line with what was behind it wiped, the rest of the screen wiped: without the flicker of a clear. */
function picture(text: string, rows: number): string {
  const lines = text.split('\n')
  const more = lines.length - (rows - 2)
  const seen = more > 0 ? [...lines.slice(0, rows - 2), `… ${more} more lines`] : lines
  return `\u001b[H${seen.map((line) => `${line}\u001b[K\n`).join('')}\u001b[J`
}
