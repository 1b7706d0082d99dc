import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { reasonOf } from '../log.ts'
import { BULK_KIND, claimDue, type OutboxRow, pruneFinished, recoverAbandoned } from './outbox.ts'
import { createPace } from './send-pace.ts'
import { type SendResult, sendRow, writeDown } from './send-row.ts'
import type { ClientContext } from './turn.ts'

/** Messages on their way at once. */
const IN_FLIGHT_MAX = 25
/** So many of them to many people at once: the others find room, however slow Telegram is. */
const BULK_IN_FLIGHT_MAX = 10
const SWEEP_MS = 1_000
const WRITE_RETRY_MS = 500
const RECOVER_MS = 30_000
const PRUNE_MS = 3_600_000
const FLUSH_MS = 5_000

export interface Sender {
  /** There is something new to send. */
  kick(): void
  /** Sends what is due, for some seconds at most, and ends. */
  stop(): Promise<void>
}

/**
 * Sends one client's outbox: at once when kicked, and every second what has become due. At most one message of a chat
 * is on its way, so their order is kept, and a chat that hangs holds up no other.
 */
export function startSender(client: ClientContext, onSent: (state: SendResult['state']) => void): Sender {
  const { db, log, clientId } = client
  const pace = createPace()
  const inFlight = new Map<number, Promise<void>>()
  let bulkInFlight = 0
  const giveUp = new AbortController()
  // Each message on its way listens, while it waits for its turn or for Telegram.
  setMaxListeners(2 * IN_FLIGHT_MAX, giveUp.signal)
  let stopping = false
  let kicked = true
  let wake: (() => void) | undefined
  /** No other sender can be alive at the start, nor has anybody else claimed rows after a claim of ours broke. */
  let claimsUnclear = true
  let recoveredAt = 0
  let prunedAt = Number.NEGATIVE_INFINITY
  let waits = false

  async function run(): Promise<void> {
    while (!giveUp.signal.aborted) {
      kicked = false
      try {
        await tidy()
        await claimAndSend()
        if (waits) log.info({ event: 'outbox_goes_on' })
        waits = false
      } catch (error) {
        if (!waits) log.warn({ event: 'outbox_waits', reason: reasonOf(error) })
        waits = true
      }
      if (stopping && !kicked && inFlight.size === 0) break
      if (!kicked) await pause()
    }
    await Promise.all(inFlight.values())
  }

  async function tidy(): Promise<void> {
    const now = performance.now()
    if (claimsUnclear || now - recoveredAt > RECOVER_MS) {
      const taken = await recoverAbandoned(db, clientId, { all: claimsUnclear, except: [...inFlight.keys()] })
      if (taken > 0) log.warn({ event: 'sends_recovered', count: taken })
      claimsUnclear = false
      recoveredAt = now
    }
    if (now - prunedAt > PRUNE_MS) {
      await pruneFinished(db, clientId)
      prunedAt = now
    }
  }

  async function claimAndSend(): Promise<void> {
    const room = IN_FLIGHT_MAX - inFlight.size
    if (room <= 0) return
    let rows: OutboxRow[]
    try {
      // A broadcast is not in a hurry: when the bot stops, its next start goes on with it.
      const bulk = stopping ? 0 : Math.min(room, BULK_IN_FLIGHT_MAX - bulkInFlight)
      rows = await claimDue(db, clientId, { limit: room, bulk })
    } catch (error) {
      claimsUnclear = true
      throw error
    }
    for (const row of rows) {
      const isBulk = row.kind === BULK_KIND
      if (isBulk) bulkInFlight += 1
      const sending = sendInTurn(row, isBulk).finally(() => {
        inFlight.delete(row.id)
        if (isBulk) bulkInFlight -= 1
        // Its chat may have a next message, and there is room again.
        kick()
      })
      inFlight.set(row.id, sending)
    }
  }

  /** Never rejects: what cannot be written down now is written when the database is back. */
  async function sendInTurn(row: OutboxRow, isBulk: boolean): Promise<void> {
    await pace.waitForTurn(row.chat_id, giveUp.signal, { isBulk })
    const result: SendResult = giveUp.signal.aborted
      ? { state: 'queued', error: 'the bot stopped', delaySeconds: 0 }
      : await sendRow(client, row, giveUp.signal)
    onSent(result.state)
    if (isBulk && result.state === 'queued' && result.tooFast) pace.holdBulk(result.delaySeconds * 1_000)
    for (;;) {
      try {
        return await writeDown(client, row, result)
      } catch (error) {
        log.debug({ event: 'send_not_written', reason: reasonOf(error) })
        // The next start takes the row up; whether it is sent again then depends on its kind.
        if (giveUp.signal.aborted) return
        await sleep(WRITE_RETRY_MS)
      }
    }
  }

  function kick(): void {
    kicked = true
    wake?.()
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, SWEEP_MS)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  const running = run()
  return {
    kick,
    async stop() {
      stopping = true
      const timer = setTimeout(() => {
        giveUp.abort()
        kick()
      }, FLUSH_MS)
      kick()
      await running
      clearTimeout(timer)
    },
  }
}
