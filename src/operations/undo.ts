import { BookctlError } from '../errors.ts'
import { messageOf } from './message-of.ts'

interface Undoing {
  what: string
  /** A returned sentence says why it was left in place. */
  run(): Promise<string | void>
}

/** What this run has made, in the order in which it was made. */
export interface UndoStack {
  push(what: string, run: Undoing['run']): void
  /**
   * Takes everything back, newest first. Stops at what must stay (because it holds data by now).
   * @throws BookctlError `undo-failed` (exit 7) naming what is left; `because` is kept as its cause.
   */
  unwind(because: unknown): Promise<{ undone: string[]; left: string | undefined }>
}

export function undoStack(subject: string): UndoStack {
  const stack: Undoing[] = []
  return {
    push: (what, run) => void stack.push({ what, run }),
    async unwind(because) {
      const undone: string[] = []
      for (let item = stack.pop(); item; item = stack.pop()) {
        try {
          const left = await item.run()
          if (left) return { undone, left }
          undone.push(item.what)
        } catch (error) {
          const remaining = [item, ...stack.toReversed()].map(({ what }) => what).join(', ')
          throw new BookctlError(
            'undo-failed',
            'rollbackFailed',
            `${subject}: ${messageOf(because)}\nTaking back what was made failed too: ${messageOf(error)}\nStill there: ${remaining}`,
            {
              hint: 'Run the same command again to finish, or `bookctl client remove` to take it away.',
              cause: because,
            },
          )
        }
      }
      return { undone, left: undefined }
    },
  }
}
