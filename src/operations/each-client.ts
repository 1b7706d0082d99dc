import { BookctlError } from '../errors.ts'
import { redact } from '../secrets/redact.ts'

export interface ClientResult {
  id: string
  ok: boolean
  result?: string
  error?: string
  hint?: string
}

/**
 * Does something for several clients, some at a time; a failure of one does not stop the others.
 * @throws the failure itself for a single client; BookctlError (exit 3) that names those that failed.
 */
export async function eachClient(
  ids: readonly string[],
  limit: number,
  work: (id: string) => Promise<string>,
  done: (result: ClientResult) => void,
): Promise<ClientResult[]> {
  const results: ClientResult[] = []
  const failures: unknown[] = []
  const waiting = [...ids]
  const worker = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      let outcome: ClientResult
      try {
        outcome = { id, ok: true, result: await work(id) }
      } catch (error) {
        failures.push(error)
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
