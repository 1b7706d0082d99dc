import { broadcastMessage, nightNow, progressMessage } from '../admin/broadcasts/words.ts'
import { type Counts, totalOf } from '../domain/broadcast.ts'
import { textsFor } from '../i18n/texts.ts'
import { countAudience, nextRecipients } from '../storage/audience.ts'
import {
  type Broadcast,
  type BroadcastState,
  countMessages,
  delayMessages,
  lockOpenBroadcasts,
  messageKey,
  saveProgress,
} from '../storage/broadcasts.ts'
import { languagesOf } from '../storage/users.ts'
import type { Job, JobMessage, JobTurn } from './job.ts'

/** As many as are sent until the next look: a stopped broadcast has little to take back. */
const PORTION = 400

/**
 * Feeds a broadcast into the outbox by and by, counts what became of its messages, and reports to its author. Where it
 * stands is written down with each portion, so that a restart goes on behind it.
 */
export const broadcasts: Job = {
  name: 'broadcasts',
  async run(at) {
    const messages: JobMessage[] = []
    for (const broadcast of await lockOpenBroadcasts(at.tx, at.client.clientId))
      messages.push(...(await advance(at, broadcast)))
    return messages
  },
}

async function advance(at: JobTurn, broadcast: Broadcast): Promise<JobMessage[]> {
  const { tx, client, settings, now } = at
  const { clientId } = client
  const { id, audience, startedAt } = broadcast
  const counted = await countMessages(tx, clientId, id)
  const night = nightNow(settings, now)
  if (night) await delayMessages(tx, clientId, Math.ceil((night.end - now) / 1_000))
  const feeds = broadcast.state === 'running' && !night
  const asOf = startedAt ?? now
  const next = feeds
    ? await nextRecipients(tx, audience, {
        at: asOf,
        after: broadcast.lastCustomerId,
        limit: Math.max(0, PORTION - counted.left),
      })
    : []
  const lastCustomerId = next.at(-1)?.id ?? broadcast.lastCustomerId
  const behind =
    broadcast.state === 'running' ? await countAudience(tx, audience, { at: asOf, after: lastCustomerId }) : 0
  const counts = { ...counted, left: counted.left + next.length + behind }
  const state: BroadcastState =
    counts.left > 0 ? broadcast.state : broadcast.state === 'stopped' ? 'stopped' : 'done'
  const ends = counts.left === 0 ? { state, at: now } : undefined
  if (!ends && next.length === 0 && isAsWritten(broadcast, counts)) return []
  await saveProgress(tx, clientId, id, counts, { lastCustomerId, ends })
  const messages: JobMessage[] = []
  for (const { id: customerId, telegramId, language } of next)
    messages.push({
      key: messageKey(id, customerId),
      chatId: telegramId,
      message: broadcastMessage(await at.textsIn(language), broadcast.content),
    })
  return [
    ...messages,
    ...(await news(at, { ...broadcast, ...counts, total: totalOf(counts), state }, ends !== undefined)),
  ]
}

function isAsWritten(broadcast: Broadcast, counts: Counts): boolean {
  return (
    broadcast.delivered === counts.delivered &&
    broadcast.blocked === counts.blocked &&
    broadcast.failed === counts.failed &&
    broadcast.total === totalOf(counts)
  )
}

/** The message that shows how far it is, anew; and at the end a report of its own, which the author does not overlook. */
async function news(at: JobTurn, broadcast: Broadcast, ended: boolean): Promise<JobMessage[]> {
  const { id, createdBy, messageId, delivered, blocked, failed, total } = broadcast
  const texts = textsFor((await languagesOf(at.tx, [createdBy])).get(createdBy) ?? 'ru')
  const message = progressMessage(texts, broadcast, at)
  const key = `broadcast-progress:${id}:${delivered}:${blocked}:${failed}:${total}:${ended}`
  return [
    ...(messageId ? [{ key, chatId: createdBy, message, edits: messageId }] : []),
    ...(ended ? [{ key: `broadcast-report:${id}`, chatId: createdBy, message }] : []),
  ]
}
