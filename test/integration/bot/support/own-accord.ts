import { localTime } from '../../../../bot/domain/time.ts'
import { JOBS } from '../../../../bot/jobs/index.ts'
import { runJob } from '../../../../bot/jobs/loop.ts'
import { claimDue, finish, type OutboxRow } from '../../../../bot/runtime/outbox.ts'
import type { OutMessage } from '../../../../bot/runtime/turn.ts'
import type { Salon } from '../pretend.ts'

const HOUR = 3_600_000

/**
 * Time passes until `until`; at each full hour the bot does of its own accord what is due, and its messages arrive. The
 * nights are left out: nobody is written to then.
 */
export async function pass(salon: Salon, until: number): Promise<void> {
  while (salon.clock.now < until) {
    salon.clock.now = Math.min(until, (Math.floor(salon.clock.now / HOUR) + 1) * HOUR)
    const hour = Number(localTime(salon.clock.now, 'Europe/Moscow').slice(0, 2))
    if (hour >= 8 && hour < 22) await look(salon)
  }
}

/** The bot looks once at what is due. Messages that arrive may make more due: a broadcast counts them. */
export async function look(salon: Salon): Promise<void> {
  let queued = 1
  while (queued > 0) {
    queued = 0
    for (const job of JOBS) queued += await runJob(salon.context(), job)
    await deliver(salon)
  }
}

async function deliver(salon: Salon): Promise<void> {
  for (;;) {
    const rows = await claimDue(salon.database, salon.clientId, { limit: 100, bulk: 100 })
    if (rows.length === 0) return
    for (const row of rows) {
      const { messageId } = salon.show(row.chat_id, messageOf(row), editedBy(row))
      await finish(salon.database, row.id, 'sent', { messageId })
    }
  }
}

/** What a row of the outbox was before it went there. */
function messageOf({ kind, payload }: OutboxRow): OutMessage {
  const {
    text,
    caption,
    reply_markup: keyboard,
  } = payload as {
    text?: string
    caption?: string
    reply_markup?: OutMessage['keyboard']
  }
  return { kind, html: text ?? caption ?? '', ...(keyboard === undefined ? {} : { keyboard }) }
}

function editedBy({ payload }: OutboxRow): number | undefined {
  return payload['message_id'] as number | undefined
}
