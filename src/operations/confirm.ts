import type { Context } from '../context.ts'
import { BookctlError } from '../errors.ts'

/** What a person confirms by typing its name. */
export interface Doom {
  /** The name to be typed: a client's id, or the fleet's name. */
  name: string
  /** One sentence: what will be gone. */
  what: string
  /** For scripts: the losses in numbers. */
  details?: Record<string, unknown>
}

/**
 * Has a name typed before something is destroyed. `given` (from --confirm) answers without a terminal; --yes does not.
 * @throws BookctlError (exit 2) naming `--confirm NAME` where there is nobody to ask.
 */
export async function confirmName(context: Context, doom: Doom, given: readonly string[]): Promise<void> {
  const { name, what, details } = doom
  if (given.includes(name)) return
  const { ui } = context
  if (!ui.interactive)
    throw new BookctlError('not-confirmed', 'usage', `Not confirmed: ${what}`, {
      hint: `If you mean it, add: --confirm ${name}`,
      ...(details ? { details } : {}),
    })
  ui.warn(what)
  await ui.ask.text({
    message: `Type ${name} to confirm`,
    flag: `--confirm ${name}`,
    validate: (typed) => typed.trim() === name || `Type ${name}, or press Ctrl-C to keep everything`,
  })
}
