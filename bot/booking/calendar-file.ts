import { Composer } from 'grammy'
import { customerOf, onButton } from '../dialogue/screen.ts'
import { serviceName } from '../dialogue/words.ts'
import { type CalendarEvent, calendarFile } from '../domain/ics.ts'
import type { BookingStatus } from '../domain/policy.ts'
import type { BotContext } from '../runtime/turn.ts'
import { findBooking } from '../storage/booking-lookup.ts'
import { countChanges } from '../storage/booking-marks.ts'

/** The owner of a booking: a file for the calendar of the telephone. */
export function calendarFileScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'calendar-file', async (ctx, { bookingId }) => {
    const { tx, texts, settings, now, effects } = ctx.turn
    const { id, telegramId } = customerOf(ctx)
    const booking = await findBooking(tx, id, bookingId)
    if (!booking || telegramId === null) return texts.plain('not-yours')
    const status = calendarStatus(booking.status)
    const content = calendarFile({
      uid: `booking-${booking.id}.${ctx.me.id}@bookctl`,
      sequence: await countChanges(tx, booking.id),
      status,
      startsAt: booking.startsAt,
      endsAt: booking.endsAt,
      title: `${serviceName(booking)} – ${settings.title}`,
      place: settings.address,
      description: settings.phone ? texts.plain('calendar-phone', { phone: settings.phone }) : '',
      stamp: now,
    })
    effects.sendDocument(telegramId, {
      kind: 'calendar-file',
      caption: texts.html(status === 'CANCELLED' ? 'calendar-file-cancelled' : 'calendar-file'),
      file: { name: 'booking.ics', content: Buffer.from(content) },
    })
    return undefined
  })
  return screen
}

function calendarStatus(status: BookingStatus): CalendarEvent['status'] {
  if (status === 'cancelled' || status === 'expired') return 'CANCELLED'
  return status === 'pending' ? 'TENTATIVE' : 'CONFIRMED'
}
