import { ApiError, type Update, type UpdateKind } from './types.ts'

const DEFAULT_ALLOWED: readonly UpdateKind[] = ['message', 'callback_query', 'my_chat_member']

export interface Poll {
  offset?: number
  limit?: number
  /** Seconds; 0 answers at once. */
  timeoutSeconds?: number
  allowed?: readonly string[]
  /** Aborted when the poller goes away. */
  signal?: AbortSignal
}

/**
 * One bot's pending updates, with getUpdates' own rules: an update stays until a higher offset confirms it; a poll
 * waits; the newest poller wins and the one before it gets 409.
 */
export class UpdateQueue {
  private pending: Update[] = []
  private nextId: number
  private allowed: readonly string[] = DEFAULT_ALLOWED
  private waiting: { wake: () => void; conflict: () => void } | undefined

  constructor(firstId: number) {
    this.nextId = firstId
  }

  get length(): number {
    return this.pending.length
  }

  /** Adds an update, unless its kind is not among those that the bot asked for. Returns its id, or undefined. */
  push(make: (id: number) => Update, kind: UpdateKind): number | undefined {
    if (!this.allowed.includes(kind)) return undefined
    const id = this.nextId++
    this.pending.push(make(id))
    this.waiting?.wake()
    return id
  }

  clear(): void {
    this.pending = []
  }

  async poll({ offset = 0, limit = 100, timeoutSeconds = 0, allowed, signal }: Poll): Promise<Update[]> {
    this.waiting?.conflict()
    // Only when given: Telegram keeps the former choice when the field is left out.
    if (allowed) this.allowed = allowed.length > 0 ? allowed : DEFAULT_ALLOWED
    this.confirm(offset)
    if (this.pending.length === 0 && timeoutSeconds > 0 && !signal?.aborted)
      await this.wait(timeoutSeconds, signal)
    if (signal?.aborted) return []
    return this.pending.slice(0, Math.min(Math.max(limit, 1), 100))
  }

  private confirm(offset: number): void {
    // A negative offset means: only the last N, forget those before.
    if (offset < 0) this.pending = this.pending.slice(offset)
    else this.pending = this.pending.filter((update) => update.update_id >= offset)
  }

  private wait(seconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const finish = (act: () => void) => () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', wake)
        if (this.waiting === waiter) this.waiting = undefined
        act()
      }
      const wake = finish(resolve)
      const conflict = finish(() =>
        reject(
          new ApiError(
            409,
            'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
          ),
        ),
      )
      const waiter = { wake, conflict }
      const timer = setTimeout(wake, seconds * 1000)
      signal?.addEventListener('abort', wake, { once: true })
      this.waiting = waiter
    })
  }
}
