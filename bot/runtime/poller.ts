import { type Api, GrammyError } from 'grammy'
import type { Update } from 'grammy/types'
import type { Logger } from 'pino'
import { reasonOf } from '../log.ts'
import { POLL_SECONDS } from '../telegram/api.ts'
import { pause } from './pause.ts'

const ALLOWED_UPDATES = ['message', 'callback_query'] as const
const LONGEST_PAUSE_MS = 15_000
/** Long enough for the other poller to interrupt us, so that a bot does not seem ready between two conflicts. */
const POLL_AFTER_CONFLICT_SECONDS = 5

/** Telegram does not know this token (any more). */
export class TokenError extends Error {}

export interface PollerEvents {
  /** Before each call: that the loop is alive, whatever Telegram answers. */
  attempt(): void
  answered(): void
  refused(reason: 'telegram' | 'other-poller'): void
  /** Resolves when all of these are committed; only then the next call confirms them. */
  batch(updates: Update[]): Promise<void>
}

/**
 * Long polling in which an update is confirmed only after its transaction has been committed. Ends when `signal`
 * aborts. @throws TokenError when Telegram refuses the token.
 */
export async function poll(api: Api, log: Logger, events: PollerEvents, signal: AbortSignal): Promise<void> {
  let offset = 0
  let failures = 0
  // The first call does not wait: its answer says that the bot can be reached, and a restart is noticed at once.
  let seconds = 0
  while (!signal.aborted) {
    events.attempt()
    let updates: Update[]
    try {
      updates = await api.getUpdates(
        { offset, timeout: seconds, limit: 100, allowed_updates: ALLOWED_UPDATES },
        signal as never,
      )
      if (failures > 0) log.info({ event: 'telegram_back', failures })
      failures = 0
      seconds = POLL_SECONDS
      events.answered()
    } catch (error) {
      if (signal.aborted) return
      failures += 1
      // The next answer tells at once that Telegram is back.
      seconds = error instanceof GrammyError && error.error_code === 409 ? POLL_AFTER_CONFLICT_SECONDS : 0
      await afterFailure(api, error, failures, log, events)
      const backoffMs = Math.min(LONGEST_PAUSE_MS, 250 * 2 ** Math.min(failures, 10))
      await pause(retryAfterMs(error) ?? backoffMs, signal)
      continue
    }
    if (updates.length > 0) await events.batch(updates)
    // A batch that was cut short by the end of the runtime is not confirmed.
    if (signal.aborted) return
    offset = (updates.at(-1)?.update_id ?? offset - 1) + 1
  }
}

async function afterFailure(
  api: Api,
  error: unknown,
  failures: number,
  log: Logger,
  events: PollerEvents,
): Promise<void> {
  const code = error instanceof GrammyError ? error.error_code : undefined
  if (code === 401 || code === 404) throw new TokenError(reasonOf(error))
  events.refused(code === 409 ? 'other-poller' : 'telegram')
  if (failures === 1 || failures % 20 === 0)
    log.warn({ event: code === 409 ? 'other_poller' : 'telegram_lost', failures, reason: reasonOf(error) })
  if (code === 409 && /webhook/i.test(reasonOf(error))) await removeWebhook(api, log)
}

/** A webhook that somebody has set keeps polling out; pending updates stay. */
async function removeWebhook(api: Api, log: Logger): Promise<void> {
  try {
    await api.deleteWebhook()
    log.warn({ event: 'webhook_removed' })
  } catch (error) {
    log.warn({ event: 'webhook_stays', reason: reasonOf(error) })
  }
}

function retryAfterMs(error: unknown): number | undefined {
  const seconds = error instanceof GrammyError ? error.parameters.retry_after : undefined
  return seconds === undefined ? undefined : seconds * 1000
}
