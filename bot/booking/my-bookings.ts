import { Composer } from 'grammy'
import { menuWords, toMyBookings } from '../dialogue/menu.ts'
import { customerOf, onButton, show, whenOptions } from '../dialogue/screen.ts'
import { dateWords, serviceName, slotLabel } from '../dialogue/words.ts'
import { localTime } from '../domain/time.ts'
import { escapeHtml, shorten } from '../i18n/texts.ts'
import type { BotContext } from '../runtime/turn.ts'
import { type Booking, listPast, listUpcoming } from '../storage/booking-lookup.ts'
import { button, inline } from '../telegram/keyboards.ts'
import { endRemark } from './details.ts'
import { waitlistDoor } from './waitlist/places.ts'

const PAST_ON_PAGE = 8
const NAME_ON_BUTTON = 30

/** Any customer: own bookings, to come and past. */
export function myBookingsScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  screen.command('my', showUpcoming)
  screen.hears(menuWords('menu-my'), showUpcoming)
  onButton(screen, 'my', async (ctx) => {
    await showUpcoming(ctx)
    return undefined
  })
  onButton(screen, 'past', async (ctx, { page }) => {
    await showPast(ctx, page)
    return undefined
  })
  return screen
}

async function showUpcoming(ctx: BotContext): Promise<void> {
  const { tx, now, texts } = ctx.turn
  const bookings = await listUpcoming(tx, customerOf(ctx).id, now)
  const options = whenOptions(ctx.turn)
  const rows = bookings.map((booking) => [
    button(
      `${booking.status === 'pending' ? '⏳ ' : ''}${slotLabel(booking.startsAt, options)} · ${shorten(serviceName(booking), NAME_ON_BUTTON)}`,
      {
        to: 'card',
        bookingId: booking.id,
      },
    ),
  ])
  show(ctx, {
    kind: 'screen',
    html: texts.html(bookings.length > 0 ? 'my-title' : 'my-none'),
    keyboard: inline(
      ...rows,
      await waitlistDoor(ctx),
      [button(texts.plain('my-past'), { to: 'past', page: 0 })],
      [button(texts.plain('button-book-again'), { to: 'services', page: 0 })],
    ),
  })
}

async function showPast(ctx: BotContext, page: number): Promise<void> {
  const { tx, now, texts } = ctx.turn
  // A forged page far away would only make the database count.
  const current = Math.min(page, 10_000)
  const { bookings, hasMore } = await listPast(tx, customerOf(ctx).id, now, {
    offset: current * PAST_ON_PAGE,
    size: PAST_ON_PAGE,
  })
  const html =
    bookings.length > 0
      ? [
          texts.html('past-title'),
          '',
          ...bookings.map((booking) => pastLine(ctx, booking)),
          '',
          texts.html('past-repeat'),
        ].join('\n')
      : texts.html('past-none')
  show(ctx, {
    kind: 'screen',
    html,
    keyboard: inline(
      ...bookings.map((booking) => [
        button(
          `🔁 ${slotLabel(booking.startsAt, whenOptions(ctx.turn))} · ${shorten(serviceName(booking), NAME_ON_BUTTON)}`,
          { to: 'repeat', bookingId: booking.id },
        ),
      ]),
      [
        ...(current > 0 ? [button(texts.plain('past-newer'), { to: 'past', page: current - 1 })] : []),
        ...(hasMore ? [button(texts.plain('past-older'), { to: 'past', page: current + 1 })] : []),
      ],
      [toMyBookings(texts)],
    ),
  })
}

function pastLine(ctx: BotContext, booking: Booking): string {
  const { texts, settings } = ctx.turn
  const remark = endRemark(texts, booking.status)
  const day = dateWords(booking.startsAt, whenOptions(ctx.turn))
  const name = escapeHtml(shorten(serviceName(booking), 100)).html
  return `${day}, ${localTime(booking.startsAt, settings.timeZone)} · ${name}${remark}`
}
