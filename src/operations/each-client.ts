import { BookctlError } from '../errors.ts'
import { redact } from '../secrets/redact.ts'
import type { Ui } from '../ui/output.ts'
import { messageOf } from './message-of.ts'

/** What came of one client of several: the form in which --json tells it, too. */
export type ClientResult<R> =
  | { id: string; ok: true; result: R }
  | { id: string; ok: false; error: string; hint?: string }

/**
 * Does something for several clients, some at a time; a failure of one does not stop the others. After Ctrl-C no
 * further one is begun.
 * @throws the failure itself for a single client; BookctlError (exit 3) that names those that failed, or (exit 130)
 * those that were left.
 */
export async function eachClient<R>(
  ids: readonly string[],
  { limit, signal }: { limit: number; signal: AbortSignal },
  work: (id: string) => Promise<R>,
  done: (result: ClientResult<R>) => void = () => undefined,
): Promise<R[]> {
  const results: ClientResult<R>[] = []
  const failures: unknown[] = []
  const waiting = [...ids]
  const worker = async () => {
    while (!signal.aborted) {
      const id = waiting.shift()
      if (id === undefined) return
      const outcome = await work(id).then(
        (result): ClientResult<R> => ({ id, ok: true, result }),
        (error: unknown): ClientResult<R> => {
          failures.push(error)
          return failed(id, error)
        },
      )
      results.push(outcome)
      done(outcome)
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, waiting.length) }, worker))
  return allOf(ids, results, failures, signal)
}

/**
 * The results of all clients, when none is missing.
 * @throws as `eachClient`: what failed for a single client, or what names those that failed or were left.
 */
export function allOf<R>(
  ids: readonly string[],
  results: readonly ClientResult<R>[],
  failures: readonly unknown[],
  signal: AbortSignal,
): R[] {
  if (ids.length === 1 && failures.length > 0) throw failures[0]
  const done = new Set(results.filter((one) => one.ok).map((one) => one.id))
  const missed = ids.filter((id) => !done.has(id))
  if (missed.length > 0) throw incomplete(ids.length, missed, results, signal.aborted)
  return results.flatMap((one) => (one.ok ? [one.result] : []))
}

/** A failure among several, told to people as it comes; scripts find it in the document at the end. */
export function tellFailure(ui: Ui, one: ClientResult<unknown>): void {
  if (!one.ok && !ui.json) ui.warn(`${one.id}: ${one.error}${one.hint ? `\n  ${one.hint}` : ''}`)
}

/** A failure as a result. */
export function failed(id: string, error: unknown): ClientResult<never> {
  const hint = error instanceof BookctlError ? error.hint : undefined
  return { id, ok: false, error: redact(messageOf(error)), ...(hint === undefined ? {} : { hint }) }
}

function incomplete(
  total: number,
  missed: readonly string[],
  results: readonly ClientResult<unknown>[],
  interrupted: boolean,
): BookctlError {
  const rest = { hint: `Run it again for these: ${missed.join(' ')}`, details: { results } }
  const which = `${missed.length} of ${total}`
  return interrupted
    ? new BookctlError('interrupted', 'interrupted', `Stopped, as you asked; ${which} are left`, rest)
    : new BookctlError('partly-done', 'partly', `${which} failed: ${missed.join(', ')}`, rest)
}
