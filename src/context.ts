import { resolve } from 'node:path'
import { BookctlError } from './errors.ts'
import { type Fleet, findFleetDir, loadFleet } from './fleet/fleet.ts'
import type { Ui } from './ui/output.ts'

/** Flags that every command knows. */
export interface GlobalOptions {
  fleet?: string
  json: boolean
  yes: boolean
  quiet: boolean
  verbose: boolean
  input: boolean
  color: boolean
}

/** What a command may touch, made once for each run. */
export interface Context {
  env: NodeJS.ProcessEnv
  cwd: string
  now: () => Date
  ui: Ui
  options: GlobalOptions
  /** Aborted by the first Ctrl-C or SIGTERM; work ends at the next border of a step. */
  signal: AbortSignal
}

/**
 * The fleet of --fleet, BOOKCTL_FLEET, or the folder at or above the current one.
 * @throws BookctlError (exit 4) when there is none.
 */
export async function openFleet(context: Context): Promise<Fleet> {
  const named = context.options.fleet ?? context.env['BOOKCTL_FLEET']
  const dir = named === undefined ? findFleetDir(context.cwd) : resolve(context.cwd, named)
  if (dir === undefined)
    throw new BookctlError('fleet-not-found', 'notFound', `There is no fleet in ${context.cwd} or above it`, {
      hint: 'Make one with: bookctl init, or name one with --fleet DIR.',
    })
  return loadFleet(dir)
}
