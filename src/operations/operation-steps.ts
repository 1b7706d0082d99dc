import type { Context } from '../context.ts'
import type { TaskStep } from '../ui/output.ts'
import type { Operation } from './journal.ts'
import { messageOf } from './message-of.ts'

type StepMaker = (name: string, title: string, run: TaskStep['run']) => TaskStep

/**
 * Makes the steps of an operation that stops a bot. `step` takes one in the journal. `revertible` does so for as long as
 * nothing is lost: when it fails, `putBack` makes the client what it was, unless it answers that it is too late for that.
 * A failure of that, too, is a warning, and the step's own error the result.
 */
export function operationSteps(
  { ui }: Context,
  operation: Operation,
  clientId: string,
  putBack: () => Promise<void>,
): { step: StepMaker; revertible: StepMaker } {
  return {
    step: (name, title, run) => ({ title, run: (say) => operation.step(name, () => run(say)) }),
    revertible: (name, title, run) => ({
      title,
      run: async (say) => {
        try {
          return await operation.step(name, () => run(say))
        } catch (error) {
          // Ctrl-C stops where it stands, too: nothing is lost yet, so the bot goes on working.
          await putBack().catch((failure: unknown) =>
            ui.warn(
              `${clientId}: its bot stays stopped until this command has run again: ${messageOf(failure)}`,
            ),
          )
          throw error
        }
      },
    }),
  }
}
