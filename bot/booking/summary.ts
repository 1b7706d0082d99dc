import { customerOf, showStep, whenOptions } from '../dialogue/screen.ts'
import { detailLines, rulesText, whenWords } from '../dialogue/words.ts'
import { checkStart, type StartRefusal, slotsAround } from '../domain/availability.ts'
import { totalPrice } from '../domain/money.ts'
import { localDate, localTime } from '../domain/time.ts'
import type { Html } from '../i18n/texts.ts'
import type { BotContext } from '../runtime/turn.ts'
import { findHold } from '../storage/holds.ts'
import type { Flow } from '../telegram/button-fields.ts'
import type { Button } from '../telegram/callback-data.ts'
import { button, inline } from '../telegram/keyboards.ts'
import { approvalRemark } from './awaiting.ts'
import type { OpenFlow } from './flow.ts'
import { soldOf, termsMark } from './judge.ts'
import { type Candidate, readQuery, wholeWindow } from './offer.ts'
import { anotherDay, footer, slotRows } from './times.ts'
import type { Telling } from './visit-messages.ts'

const AROUND_COUNT = 6

/** What is about to be booked or moved, judged again now, with the button that does it. */
export async function showSummary(
  ctx: BotContext,
  open: OpenFlow,
  startsAt: number,
  { isChanged = false }: { isChanged?: boolean } = {},
): Promise<void> {
  const { turn } = ctx
  const query = await readQuery(turn.tx, open.shop, open.offer, { start: startsAt, end: startsAt })
  const verdicts = query.offerings.map((offering) => checkStart(query, offering, startsAt))
  const held = open.kind === 'book' ? await findHold(turn.tx, customerOf(ctx).id, turn.now) : undefined
  const isHeld = (index: number) =>
    held?.startsAt === startsAt && held.staffId === open.offer.candidates[index]?.member.id
  const free = verdicts.flatMap((one, at) => (one.ok ? [at] : []))
  const index = free.find(isHeld) ?? free[0] ?? -1
  const verdict = verdicts[index]
  const candidate = open.offer.candidates[index]
  if (!verdict?.ok || !candidate) {
    const reasons = verdicts.flatMap((one) => (one.ok ? [] : [one.reason]))
    return showOtherTimes(ctx, open, startsAt, reasons.includes('taken') ? 'taken' : (reasons[0] ?? 'taken'))
  }
  const { texts, settings } = turn
  const flow = withPromisedTerms(open, candidate)
  const when = whenWords(startsAt, verdict.end, whenOptions(turn))
  const html =
    open.kind === 'move'
      ? texts.html('summary-move', {
          service: open.name,
          when,
          old: whenWords(open.booking.startsAt, open.booking.endsAt, whenOptions(turn)),
        })
      : texts.html('summary', {
          service: open.name,
          when,
          details: detailLines(texts, settings, {
            staffName: flow.kind === 'book' && flow.staffId !== null ? candidate.member.name : undefined,
            ...soldOf(candidate),
            priceFrom: totalPrice(candidate.lines).priceFrom,
          }),
          held: heldWords(turn, isHeld(index) ? held?.expiresAt : undefined),
          rules: rulesText(texts, settings),
        })
  // What is moved stays as it was sold.
  const terms = open.kind === 'move' ? '' : `.${termsMark(candidate.terms.minutes, candidate)}`
  const confirm: Button = { to: 'confirm', flow, startsAt, intent: `${intentOf(ctx)}${terms}` }
  const label = texts.plain(open.kind === 'move' ? 'button-move' : 'button-confirm')
  const otherTime: Button = {
    to: 'day',
    flow: open.flow,
    date: localDate(startsAt, settings.timeZone),
    part: 0,
  }
  showStep(ctx, 'summary', {
    kind: 'screen',
    html: `${isChanged ? `${texts.html('summary-changed')}\n\n` : ''}${html}${await approvalRemark(ctx)}`,
    keyboard: inline(
      [button(label, confirm)],
      [button(texts.plain('button-other-time'), otherTime)],
      [button(texts.plain('button-cancel'), { to: 'stop' })],
    ),
  })
}

/** Until when the time is kept, with the line break after it. */
export function heldWords(
  { texts, settings }: Pick<Telling, 'texts' | 'settings'>,
  until: number | undefined,
): Html {
  if (until === undefined) return { html: '' }
  return { html: `${texts.html('summary-held', { until: localTime(until, settings.timeZone) })}\n` }
}

/** One for each summary shown: the update that asked for it, and when. */
export function intentOf({ turn }: BotContext): string {
  return `${turn.updateId.toString(36)}${turn.now.toString(36)}`.slice(0, 15)
}

/** The terms that a summary showed with its button; undefined under one of an earlier version. */
export function termsOf(intent: string): string | undefined {
  return intent.split('.')[1]
}

/**
 * "Anyone" stays anyone while all would take the same time and money; else the summary is a promise that only the one
 * it was made from can keep.
 */
function withPromisedTerms(open: OpenFlow, { member, terms, priceMinor }: Candidate): Flow {
  if (open.flow.kind !== 'book' || open.flow.staffId !== null) return open.flow
  const alike = open.offer.candidates.every(
    (one) => one.terms.minutes === terms.minutes && one.priceMinor === priceMinor,
  )
  return alike ? open.flow : { ...open.flow, staffId: member.id }
}

/** The time is not to be had: the nearest ones that are. */
export async function showOtherTimes(
  ctx: BotContext,
  open: OpenFlow,
  wanted: number,
  reason: StartRefusal,
): Promise<void> {
  const { texts, tx, now } = ctx.turn
  const query = await readQuery(tx, open.shop, open.offer, wholeWindow(open.shop))
  const slots = slotsAround(query, Math.max(wanted, now), AROUND_COUNT)
  const title =
    slots.length === 0 ? 'just-taken-none' : reason === 'taken' ? 'just-taken' : 'no-longer-possible'
  const near = slots[0]?.start ?? now
  showStep(ctx, 'nearest', {
    kind: 'other-times',
    html: texts.html(title),
    keyboard: inline(...slotRows(ctx, open, slots), ...footer(open, anotherDay(ctx, open, near))),
  })
}
