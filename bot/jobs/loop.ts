import { reasonOf } from '../log.ts'
import { collectEffects } from '../runtime/effects.ts'
import { type KeyedMessage, queueMessages } from '../runtime/outbox.ts'
import { textsWith } from '../runtime/own-texts.ts'
import { pause } from '../runtime/pause.ts'
import type { ClientContext } from '../runtime/turn.ts'
import { isOutage } from '../storage/database.ts'
import { listOwnTexts } from '../storage/own-texts.ts'
import { readSettings } from '../storage/settings.ts'
import type { Job, JobMessage } from './job.ts'

const LOOK_MS = 20_000

/**
 * Runs a client's jobs until `signal` aborts, each in a transaction of its own; `onQueued` is called when there is
 * something to send. An outage is waited out, a fault of one job ends neither the loop nor the others.
 */
export async function runJobs(
  client: ClientContext,
  jobs: readonly Job[],
  signal: AbortSignal,
  onQueued: () => void,
): Promise<void> {
  let waits = false
  while (!signal.aborted) {
    try {
      for (const job of jobs) if (!signal.aborted && (await runJob(client, job)) > 0) onQueued()
      if (waits) client.log.info({ event: 'jobs_go_on' })
      waits = false
    } catch (error) {
      if (!waits && !signal.aborted) client.log.warn({ event: 'jobs_wait', reason: reasonOf(error) })
      waits = true
    }
    await pause(LOOK_MS, signal)
  }
}

/**
 * Runs one job now, as often as it may; gives back how many messages it has left.
 * @throws in an outage only: any other failure is written down and reported, and counts as nothing done.
 */
export async function runJob(client: ClientContext, job: Job): Promise<number> {
  let queued = 0
  for (let run = 0; run < (job.runsAtOnce ?? 1); run += 1) {
    const more = await runOnce(client, job)
    if (more === 0) break
    queued += more
  }
  return queued
}

async function runOnce(client: ClientContext, job: Job): Promise<number> {
  try {
    return await client.db.transaction(async (tx) => {
      // For each job anew: what has just been switched off must not be done by what an earlier look has read.
      const { settings } = await readSettings(tx, client.defaults.settings)
      let reading: Promise<ReturnType<typeof textsWith>> | undefined
      const messages = await job.run({
        client,
        tx,
        settings,
        now: client.now(),
        async textsIn(language) {
          reading ??= listOwnTexts(tx).then((rows) => textsWith(rows, client.log))
          return (await reading)(language)
        },
      })
      return queueMessages(client, tx, messages.map(keyed))
    })
  } catch (error) {
    if (isOutage(error)) throw error
    client.log.error({
      event: 'job_failed',
      job: job.name,
      reason: reasonOf(error),
      stack: error instanceof Error ? error.stack : undefined,
    })
    client.faults.report(error, { event: 'job_failed', job: job.name })
    return 0
  }
}

function keyed({ key, chatId, message, edits }: JobMessage): KeyedMessage {
  const { effects, collected } = collectEffects()
  if (edits === undefined) effects.send(chatId, message)
  else effects.edit(chatId, edits, message)
  const [queued] = collected.messages
  if (!queued) throw new Error('a message that was sent is not among the effects')
  return { ...queued, key }
}
