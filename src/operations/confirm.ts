import type { Context } from '../context.ts'
import { BookctlError } from '../errors.ts'

/**
 * Has a name typed before something is destroyed; `given` (--confirm) answers without a terminal. --yes does not.
 * @throws BookctlError (exit 2) when it is missing or another name.
 */
export async function confirmName(context: Context, name: string, given: string | undefined): Promise<void> {
  if (given === name) return
  if (given !== undefined)
    throw new BookctlError(
      'confirmation-wrong',
      'usage',
      `--confirm ${given} is not ${name}; nothing was changed`,
      {
        hint: `If you mean it: --confirm ${name}`,
      },
    )
  await context.ui.ask.text({
    message: `Type ${name} to confirm`,
    flag: `--confirm ${name}`,
    validate: (typed) => typed.trim() === name || `Type ${name}, or press Ctrl-C to keep everything`,
  })
}
