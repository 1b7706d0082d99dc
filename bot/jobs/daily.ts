import { dueDay } from '../domain/daily.ts'
import type { IsoDate } from '../domain/time.ts'
import { type Texts, textsFor } from '../i18n/texts.ts'
import { seenKeys } from '../runtime/outbox.ts'
import type { OutMessage } from '../runtime/turn.ts'
import { reachable } from '../storage/users.ts'
import type { Job, JobMessage, JobTurn } from './job.ts'

/** A bot that starts later than this after the time of a daily message leaves it out. */
const LATE_MS = 3 * 3_600_000

export interface DailyList<Facts> {
  name: string
  /** The local time of the message, `HH:MM`; empty: off. */
  timeOf(settings: JobTurn['settings']): string
  /** Telegram ids of all who might get it. */
  recipientsOf(at: JobTurn): Promise<number[]>
  /** Read once for all recipients. */
  read(at: JobTurn, date: IsoDate): Promise<Facts>
  /** Undefined: this one gets nothing today. */
  write(
    facts: Facts,
    to: { telegramId: number; texts: Texts },
    at: JobTurn,
    date: IsoDate,
  ): OutMessage | undefined
}

/**
 * A message once a day for each person, in their own language. Who has blocked the bot, or has never written to it,
 * gets none. Lists are not sent again when the answer to a send was lost: the schedule is one tap away.
 */
export function dailyJob<Facts>(list: DailyList<Facts>): Job {
  return {
    name: list.name,
    async run(at) {
      const { tx, client, settings, now } = at
      const date = dueDay(list.timeOf(settings), now, settings.timeZone, LATE_MS)
      if (date === undefined) return []
      const languages = await reachable(tx, await list.recipientsOf(at))
      const keyOf = (telegramId: number) => `job:${list.name}:${client.botInfo.id}:${date}:${telegramId}`
      const seen = await seenKeys(tx, client.clientId, [...languages.keys()].map(keyOf))
      const waiting = [...languages].filter(([telegramId]) => !seen.has(keyOf(telegramId)))
      if (waiting.length === 0) return []
      const facts = await list.read(at, date)
      return waiting.flatMap(([telegramId, language]): JobMessage[] => {
        const message = list.write(facts, { telegramId, texts: textsFor(language) }, at, date)
        if (!message) return []
        return [
          { key: keyOf(telegramId), chatId: telegramId, message: { ...message, repeatIfUnknown: false } },
        ]
      })
    },
  }
}
