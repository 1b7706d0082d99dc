import { whenOptions } from '../../dialogue/screen.ts'
import { dayWords } from '../../dialogue/words.ts'
import { bookableDates } from '../../domain/availability.ts'
import { dayBounds, type IsoDate } from '../../domain/time.ts'
import type { BotContext, OutMessage } from '../../runtime/turn.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { mayWait, type OpenFlow } from '../flow.ts'
import { readQuery } from '../offer.ts'
import { anotherDay, footer } from '../times.ts'

/** Days on which everything is taken that the business has open; none where nobody may wait. */
export async function fullDates(
  { turn: { tx, settings } }: BotContext,
  open: OpenFlow,
  { first, last, free }: { first: IsoDate; last: IsoDate; free: readonly IsoDate[] },
): Promise<IsoDate[]> {
  if (!mayWait(open)) return []
  const query = await readQuery(
    tx,
    open.shop,
    { ...open.offer, exceptBookings: true },
    {
      start: dayBounds(first, settings.timeZone).start,
      end: dayBounds(last, settings.timeZone).end,
    },
  )
  return bookableDates(query, first, last).filter((date) => !free.includes(date))
}

/** A day without a free time for which one may wait; undefined where there is nothing to wait for. */
export async function fullDayScreen(
  ctx: BotContext,
  open: OpenFlow,
  date: IsoDate,
): Promise<OutMessage | undefined> {
  const [full] = await fullDates(ctx, open, { first: date, last: date, free: [] })
  if (full === undefined || open.kind !== 'book') return undefined
  const { texts, settings } = ctx.turn
  return {
    kind: 'screen',
    html: texts.html('waitlist-full', {
      service: open.name,
      date: dayWords(date, whenOptions(ctx.turn)),
    }),
    keyboard: inline(
      [button(texts.plain('waitlist-join'), { to: 'wait-join', flow: open.flow, date })],
      ...footer(open, anotherDay(ctx, open, dayBounds(date, settings.timeZone).start)),
    ),
  }
}
