import { Composer } from 'grammy'
import { ask, onAnswer } from '../../dialogue/input.ts'
import { onButton, show } from '../../dialogue/screen.ts'
import { shortHash } from '../../dialogue/short-hash.ts'
import { localDate } from '../../domain/time.ts'
import { escapeHtml, type Html } from '../../i18n/texts.ts'
import type { BotContext, Turn } from '../../runtime/turn.ts'
import { findSameBlock } from '../../storage/blocks.ts'
import { findStaffName, listStaff } from '../../storage/catalogue.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { keepReason, keptReason, REASON_MAX } from '../kept-reason.ts'
import { type Closing, listHit, sealOf } from './close-time.ts'
import { refuseAhead } from './span.ts'
import { bookingLines, intervalWords } from './words.ts'

/** Who may change the calendar: what a block would cost, before it is made, and the reason for it. */
export function blockViewScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'calendar-block-view', async (ctx, tapped) => {
    const closing = closingOf(tapped)
    const refused = await refuseClosing(ctx, closing)
    if (refused !== undefined) return refused
    await showBlockView(ctx, closing, reasonOf(ctx.turn, closing))
    return undefined
  })
  onButton(screen, 'calendar-block-reason', (ctx, tapped) => {
    const { texts, dialogue } = ctx.turn
    ask(ctx, {
      about: tapped,
      html: texts.html('calendar-block-reason'),
      back: { ...tapped, to: 'calendar-block-view' },
      ...(dialogue?.draft ? { draft: dialogue.draft } : {}),
    })
    return undefined
  })
  onAnswer(screen, 'calendar-block-reason', async (ctx, about, text) => {
    if ([...text].length > REASON_MAX)
      return ctx.turn.texts.html('calendar-reason-long', { limit: REASON_MAX })
    const closing = closingOf(about)
    const refused = await refuseClosing(ctx, closing)
    if (refused !== undefined) return refused
    await showBlockView(ctx, closing, text === '-' ? '' : text)
    return undefined
  })
  return screen
}

/** What a button says is to be closed. */
export function closingOf(tapped: { staffId: number | null; startsAt: number; endsAt: number }): Closing {
  return { staffId: tapped.staffId, start: tapped.startsAt, end: tapped.endsAt }
}

/** Why this cannot be closed (any more); undefined where it can. */
export async function refuseClosing(
  { turn }: BotContext,
  { staffId, start, end }: Closing,
): Promise<string | undefined> {
  const { texts, now, settings, tx } = turn
  if (end <= start) return texts.plain('calendar-no-such-time')
  if (end <= now) return texts.plain('calendar-dates-past')
  const day = (instant: number) => localDate(instant, settings.timeZone)
  const refusal = refuseAhead({ from: day(start), to: day(end - 1) }, day(now))
  if (refusal) return texts.plain(`calendar-dates-${refusal}`)
  if (staffId !== null && (await findStaffName(tx, staffId)) === undefined)
    return texts.plain('calendar-staff-gone')
  return undefined
}

/** Why this is to be closed; empty where there is no reason, or it was lost. */
export function reasonOf(turn: Turn, closing: Closing): string {
  return keptReason(turn, draftKey(closing))
}

/** What would be closed, and which bookings that would hit: the buttons decide about just these. */
export async function showBlockView(ctx: BotContext, closing: Closing, reason: string): Promise<void> {
  const { texts, tx, now } = ctx.turn
  const hit = await listHit(tx, closing, now)
  const same = await findSameBlock(tx, closing)
  const { staffId, start: startsAt, end: endsAt } = closing
  const decide = (bookings: 'cancel' | 'keep'): Button => ({
    to: 'calendar-block-do',
    staffId,
    startsAt,
    endsAt,
    bookings,
    seen: sealOf(hit),
    reason: shortHash(reason),
  })
  const count = hit.length
  show(ctx, {
    kind: 'screen',
    html: texts.html(same ? 'calendar-block-again' : 'calendar-block-view', {
      what: await closingWords(ctx, closing, reason),
      bookings: {
        html:
          count === 0
            ? texts.html('calendar-block-hits-none')
            : texts.html('calendar-block-hits', { count, list: bookingLines(ctx.turn, hit) }),
      },
    }),
    keyboard: inline(
      ...(count > 0
        ? [
            [button(texts.plain('calendar-block-cancel', { count }), decide('cancel'))],
            ...(same ? [] : [[button(texts.plain('calendar-block-keep'), decide('keep'))]]),
          ]
        : same
          ? []
          : [[button(texts.plain('calendar-block-yes'), decide('keep'))]]),
      ...(same && count === 0
        ? []
        : [
            [
              button(texts.plain(reason ? 'calendar-reason-change' : 'calendar-reason-add'), {
                to: 'calendar-block-reason',
                staffId,
                startsAt,
                endsAt,
              }),
            ],
          ]),
      [button(texts.plain('button-back'), { to: 'calendar-blocks', page: 0 })],
    ),
  })
  keepReason(ctx.turn, draftKey(closing), reason)
}

/** When, for whom where there is a choice, and why: a line for each. */
export async function closingWords(ctx: BotContext, closing: Closing, reason: string): Promise<Html> {
  const { texts, tx } = ctx.turn
  const { staffId } = closing
  const who =
    staffId === null
      ? (await listStaff(tx)).length > 1 && texts.plain('calendar-everybody')
      : await findStaffName(tx, staffId)
  const lines = [
    escapeHtml(intervalWords(ctx.turn, closing)).html,
    ...(who ? [escapeHtml(who).html] : []),
    ...(reason ? [texts.html('calendar-line-reason', { reason })] : []),
  ]
  return { html: lines.join('\n') }
}

function draftKey({ staffId, start, end }: Closing): string {
  return `${staffId ?? 'all'}:${start}:${end}`
}
