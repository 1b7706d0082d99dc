import { Composer } from 'grammy'
import { toMyBookings } from '../../dialogue/menu.ts'
import { customerOf, onButton, showEnd, showStep, whenOptions } from '../../dialogue/screen.ts'
import { dayWords } from '../../dialogue/words.ts'
import { dayBounds } from '../../domain/time.ts'
import { isSameWish, PLACES_AT_MOST } from '../../domain/waitlist.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { lockCustomer } from '../../storage/bookings.ts'
import { insertWaiting, listWaiting } from '../../storage/waitlist.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { mayWait, openFlow } from '../flow.ts'
import { soldOf } from '../judge.ts'
import { dayScreen } from '../times.ts'
import { fullDayScreen } from './full-day.ts'

/** Any customer who may book: a place on the waitlist of a full day, one for the same services. */
export function joinScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'wait-join', async (ctx, { flow, date }) => {
    const { tx, texts, settings, client, now } = ctx.turn
    const customerId = customerOf(ctx).id
    await lockCustomer(tx, client.clientId, customerId)
    const open = await openFlow(ctx, flow)
    if (open.kind === 'refused') return open.say
    if (!mayWait(open)) return texts.plain('waitlist-closed')
    const day = await dayScreen(ctx, open, date, 0)
    if (day) {
      showStep(ctx, 'times', day)
      return texts.plain('waitlist-free')
    }
    const [candidate] = open.offer.candidates
    if (!candidate || !(await fullDayScreen(ctx, open, date))) return texts.plain('waitlist-closed')
    const places = await listWaiting(tx, customerId, now)
    const wish = { localDate: date, lines: candidate.lines }
    const waits = places.some((place) => isSameWish(place, wish))
    if (!waits && places.length >= PLACES_AT_MOST) {
      showEnd(ctx, {
        kind: 'screen',
        html: texts.html('waitlist-too-many', { limit: PLACES_AT_MOST }),
        keyboard: listRow(ctx),
      })
      return undefined
    }
    if (!waits) {
      const { timeZone } = settings
      const bounds = dayBounds(date, timeZone)
      const sold = soldOf(candidate)
      const { staffId } = open.flow
      await insertWaiting(tx, { customerId, staffId, localDate: date, day: bounds, timeZone, ...sold }, now)
    }
    showEnd(ctx, {
      kind: 'waitlist-joined',
      html: texts.html('waitlist-joined', {
        service: open.name,
        date: dayWords(date, whenOptions(ctx.turn)),
      }),
      keyboard: listRow(ctx),
    })
    return undefined
  })
  return screen
}

function listRow({ turn: { texts } }: BotContext) {
  return inline([button(texts.plain('waitlist-list'), { to: 'wait-list' })], [toMyBookings(texts)])
}
