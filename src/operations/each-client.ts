import { BookctlError } from '../errors.ts'
import { redact } from '../secrets/redact.ts'

export interface ClientResult<T = string> {
  id: string
  ok: boolean
  result?: T
  error?: string
  hint?: string
}

/**
 * Does something for several clients, some at a time; a failure of one does not stop the others, an interruption does.
 * @throws the failure itself for a single client; BookctlError (exit 3) that names those that failed.
 */
export async function eachClient<T>(
  ids: readonly string[],
  limit: number,
  work: (id: string) => Promise<T>,
  done: (result: ClientResult<T>) => void,
): Promise<ClientResult<T>[]> {
  const results: ClientResult<T>[] = []
  const failures: unknown[] = []
  const waiting = [...ids]
  const worker = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      let outcome: ClientResult<T>
      try {
        outcome = { id, ok: true, result: await work(id) }
      } catch (error) {
        failures.push(error)
        if (wasInterrupted(error)) waiting.length = 0
        const hint = error instanceof BookctlError ? error.hint : undefined
        const message = redact(error instanceof Error ? error.message : String(error))
        outcome = { id, ok: false, error: message, ...(hint === undefined ? {} : { hint }) }
      }
      results.push(outcome)
      done(outcome)
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, waiting.length) }, worker))
  if (failures.length === 0) return results
  if (ids.length === 1) throw failures[0]
  const interruption = failures.find(wasInterrupted)
  if (interruption !== undefined) throw interruption
  const failed = results.filter((one) => !one.ok).map((one) => one.id)
  throw new BookctlError(
    'partly-done',
    'partly',
    `${failed.length} of ${ids.length} failed: ${failed.join(', ')}`,
    {
      hint: `Run it again for these: ${failed.join(' ')}`,
      details: { results },
    },
  )
}

function wasInterrupted(error: unknown): boolean {
  return error instanceof BookctlError && error.code === 'interrupted'
}
