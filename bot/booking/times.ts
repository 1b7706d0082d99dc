import { whenOptions } from '../dialogue/screen.ts'
import { dateWords, factsOf, plainContact, slotLabel, whenWords } from '../dialogue/words.ts'
import { freeSlots, nearestSlots, type Slot } from '../domain/availability.ts'
import { monthOf } from '../domain/calendar.ts'
import { totalPrice } from '../domain/money.ts'
import { dayBounds, localDate, localTime } from '../domain/time.ts'
import { escapeHtml } from '../i18n/texts.ts'
import type { BotContext, OutMessage } from '../runtime/turn.ts'
import { button, type InlineButton, inline, inRows } from '../telegram/keyboards.ts'
import { severalRow } from './addable.ts'
import { mayWait, type OpenFlow } from './flow.ts'
import { soldOf } from './judge.ts'
import { readQuery, rulesOf, wholeWindow } from './offer.ts'

const NEAREST_COUNT = 6
/** So many times are shown at once; more are cut into parts of the day. */
const TIMES_AT_ONCE = 24
/** With the other buttons below Telegram's 100. */
const TIMES_IN_PART = 80

/** The ways on from any step: others of these screens, and out. */
export function footer(open: OpenFlow, ...more: InlineButton[]): InlineButton[][] {
  return [...more.map((one) => [one]), ...open.exits]
}

/** Buttons for times of several days, one in a row. */
export function slotRows(
  ctx: BotContext,
  { flow, ways }: OpenFlow,
  slots: readonly Slot[],
): InlineButton[][] {
  const options = whenOptions(ctx.turn)
  return inRows(
    slots.map(({ start }) => button(slotLabel(start, options), { to: ways.time, flow, startsAt: start })),
    2,
  )
}

export function anotherDay(ctx: BotContext, { flow, ways }: OpenFlow, near: number): InlineButton {
  const month = monthOf(localDate(near, ctx.turn.settings.timeZone))
  return button(ctx.turn.texts.plain('button-another-day'), { to: ways.month, flow, month })
}

/** The first screen of times: the next free ones, over several days. */
export async function nearestScreen(ctx: BotContext, open: OpenFlow): Promise<OutMessage> {
  const { texts, settings, now, tx } = ctx.turn
  const { shop } = open
  const { horizonDays } = rulesOf(shop)
  const query = await readQuery(tx, shop, open.offer, wholeWindow(shop))
  const slots = nearestSlots(query, NEAREST_COUNT, { searchDays: horizonDays + 2 })
  const first = slots[0]
  const several = shop.admin ? [] : await severalRow(ctx, open.flow)
  if (!first) {
    const html = texts
      .html('no-free-time', {
        service: open.name,
        days: horizonDays,
        // The business need not be told how to reach itself.
        contact: shop.admin ? '' : plainContact(texts, settings),
      })
      .trimEnd()
    // A full day of the calendar is where one can wait.
    const calendar = mayWait(open) ? [anotherDay(ctx, open, now)] : []
    return { kind: 'no-free-time', html, keyboard: inline(several, ...footer(open, ...calendar)) }
  }
  const html =
    open.kind === 'move'
      ? texts.html('choose-nearest-move', {
          service: open.name,
          when: whenWords(open.booking.startsAt, open.booking.endsAt, whenOptions(ctx.turn)),
        })
      : texts.html('choose-nearest', { service: open.name, facts: { html: factsHtml(ctx, open) } })
  return {
    kind: 'screen',
    html,
    keyboard: inline(
      ...slotRows(ctx, open, slots),
      several,
      ...footer(open, anotherDay(ctx, open, Math.max(now, first.start))),
    ),
  }
}

function factsHtml(ctx: BotContext, open: OpenFlow & { kind: 'book' }): string {
  const { texts } = ctx.turn
  const [first] = open.offer.candidates
  if (!first) return ''
  const { priceFrom } = totalPrice(first.lines)
  const facts = factsOf(texts, { minutes: first.terms.minutes, ...soldOf(first), priceFrom })
  const [service, ...others] = open.services
  const description = others.length === 0 ? service.description : ''
  return `\n${facts}${description ? `\n${escapeHtml(description).html}` : ''}`
}

/** The times of one day; undefined when none is left. */
export async function dayScreen(
  ctx: BotContext,
  open: OpenFlow,
  date: string,
  part: number,
): Promise<OutMessage | undefined> {
  const { texts, settings, tx } = ctx.turn
  const query = await readQuery(tx, open.shop, open.offer, dayBounds(date, settings.timeZone))
  const slots = freeSlots(query, date)
  const first = slots[0]
  if (!first) return undefined
  const time = (slot: Slot) => localTime(slot.start, settings.timeZone)
  const parts = partsOf(ctx, slots)
  const shown = parts[Math.min(part, parts.length - 1)]?.slots ?? slots
  const tabs =
    parts.length < 2
      ? []
      : parts.map(({ label }, index) =>
          button(index === part ? `• ${label}` : label, {
            to: open.ways.day,
            flow: open.flow,
            date,
            part: index,
          }),
        )
  return {
    kind: 'screen',
    html: texts.html('choose-time', {
      service: open.name,
      date: dateWords(first.start, whenOptions(ctx.turn)),
    }),
    keyboard: inline(
      ...inRows(
        shown.map((slot) =>
          button(time(slot), { to: open.ways.time, flow: open.flow, startsAt: slot.start }),
        ),
        4,
      ),
      ...inRows(tabs, 3),
      ...footer(open, anotherDay(ctx, open, first.start)),
    ),
  }
}

/** Morning, afternoon, evening, when there are too many times for one screen; each in pieces that Telegram accepts. */
function partsOf(ctx: BotContext, slots: readonly Slot[]): { label: string; slots: readonly Slot[] }[] {
  const { texts, settings } = ctx.turn
  if (slots.length <= TIMES_AT_ONCE) return [{ label: '', slots }]
  const time = (slot: Slot | undefined) => (slot ? localTime(slot.start, settings.timeZone) : '')
  const between = (from: string, to: string) => slots.filter((slot) => from <= time(slot) && time(slot) < to)
  return (
    [
      ['part-morning', between('00:00', '12:00')],
      ['part-day', between('12:00', '17:00')],
      ['part-evening', between('17:00', '24:00')],
    ] as const
  ).flatMap(([key, members]) =>
    inRows(members, TIMES_IN_PART).map((piece) => ({
      label:
        members.length > TIMES_IN_PART
          ? `${texts.plain(key)} ${time(piece[0])}–${time(piece.at(-1))}`
          : texts.plain(key),
      slots: piece,
    })),
  )
}
