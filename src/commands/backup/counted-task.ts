import type { Context } from '../../context.ts'
import type { Watcher } from '../../operations/backup.ts'
import { tellFailure } from '../../operations/each-client.ts'
import { countUp } from '../../ui/count-up.ts'

/**
 * Runs a work over several clients as one task that counts them, then prints a line for each that is done. A failure
 * is told as it comes; the error of the whole names them all.
 */
export async function countedTask<R>(
  { ui }: Context,
  options: {
    title: string
    work: (watcher: Watcher<R>) => Promise<R[]>
    /** Of one that is done, for the count. */
    short: (result: R) => string
    /** Of one that is done, on stdout. */
    line: (result: R) => string
  },
): Promise<R[]> {
  const lines: string[] = []
  let results: R[] = []
  try {
    await ui.tasks([
      {
        title: options.title,
        run: async (say) => {
          let count = countUp(1, say)
          results = await options.work({
            total: (total) => {
              count = countUp(total, say)
            },
            done: (one) => {
              count(one.ok ? options.short(one.result) : `${one.id} failed`)
              if (one.ok) lines.push(options.line(one.result))
              else tellFailure(ui, one)
            },
          })
          return `${results.length} done`
        },
      },
    ])
  } finally {
    if (!ui.json) for (const line of lines) ui.data(line)
  }
  if (ui.json) ui.document(results)
  return results
}
