import { unsubscribeRow } from '../../booking/news-question.ts'
import type { ClientSettings } from '../../contract/settings.ts'
import { type Audience, minutesFor } from '../../domain/broadcast.ts'
import { quietAround } from '../../domain/reminders.ts'
import { localTime } from '../../domain/time.ts'
import { type Html, shorten, type Texts } from '../../i18n/texts.ts'
import { BULK_KIND } from '../../runtime/outbox.ts'
import { BULK_PER_SECOND } from '../../runtime/send-pace.ts'
import type { OutMessage } from '../../runtime/turn.ts'
import type { Broadcast, BroadcastContent } from '../../storage/broadcasts.ts'
import { button, inline } from '../../telegram/keyboards.ts'

const TAG_SHOWN = 30

/** The message as each customer gets it, and as its author sees it before. Sent twice it would be worse than not at all. */
export function broadcastMessage(texts: Texts, { text, photo }: BroadcastContent): OutMessage {
  return {
    kind: BULK_KIND,
    html: text,
    ...(photo === undefined ? {} : { photo }),
    keyboard: inline(unsubscribeRow(texts)),
    repeatIfUnknown: false,
  }
}

export function audienceWords(texts: Texts, audience: Audience): string {
  if (audience.kind === 'all') return texts.plain('broadcast-to-all')
  if (audience.kind === 'active') return texts.plain('broadcast-to-active', { days: audience.days })
  return texts.plain('broadcast-to-tag', { tag: shorten(audience.tag, TAG_SHOWN) })
}

/** How long so many messages take, and that nothing is sent at night: as sentences. */
export function durationText(texts: Texts, settings: ClientSettings, count: number, now: number): Html {
  const { quietFrom, quietTo, timeZone } = settings
  const lines = [texts.html('broadcast-takes', { minutes: minutesFor(count, BULK_PER_SECOND) })]
  const night = nightNow(settings, now)
  if (night !== undefined)
    lines.push(texts.html('broadcast-night-now', { time: localTime(night.end, timeZone) }))
  else if (quietFrom !== quietTo)
    lines.push(texts.html('broadcast-night-pause', { from: quietFrom, to: quietTo }))
  return { html: lines.join(' ') }
}

/** The night in which nothing is sent, if it is one. */
export function nightNow(
  { quietFrom, quietTo, timeZone }: ClientSettings,
  now: number,
): { start: number; end: number } | undefined {
  return quietAround(now, { from: quietFrom, to: quietTo }, timeZone)
}

/** How far a broadcast is, or how it ended, with what can be done about it. */
export function progressMessage(
  texts: Texts,
  broadcast: Broadcast,
  { settings, now }: { settings: ClientSettings; now: number },
): OutMessage {
  const { id: broadcastId, state, total, delivered, blocked, failed } = broadcast
  const isRunning = state === 'running'
  const left = Math.max(0, total - delivered - blocked - failed)
  const night = isRunning ? nightNow(settings, now) : undefined
  const wait = night && texts.html('broadcast-waits', { time: localTime(night.end, settings.timeZone) })
  return {
    kind: 'screen',
    html: texts.html('broadcast-progress', {
      state: texts.html(`broadcast-state-${state === 'draft' ? 'running' : state}`),
      wait: { html: wait === undefined ? '' : `\n${wait}` },
      audience: audienceWords(texts, broadcast.audience),
      counts: {
        html: [
          texts.html('broadcast-count-delivered', { count: delivered }),
          texts.html('broadcast-count-blocked', { count: blocked }),
          texts.html('broadcast-count-failed', { count: failed }),
          ...(isRunning ? [texts.html('broadcast-count-left', { count: left })] : []),
        ].join('\n'),
      },
    }),
    keyboard: inline(
      isRunning
        ? [
            button(texts.plain('broadcast-refresh'), { to: 'broadcast', broadcastId }),
            button(texts.plain('broadcast-stop'), { to: 'broadcast-stop-ask', broadcastId }),
          ]
        : [],
      [button(texts.plain('broadcast-back'), { to: 'broadcasts', page: 0 })],
    ),
  }
}
