import type { ClientSettings } from '../contract/settings.ts'
import { serviceName, whenWords } from '../dialogue/words.ts'
import { dayOf } from '../domain/reminders.ts'
import { localTime } from '../domain/time.ts'
import type { Html, Texts } from '../i18n/texts.ts'
import type { OutMessage } from '../runtime/turn.ts'
import type { Booking } from '../storage/booking-lookup.ts'
import { STARS } from '../telegram/buttons/visit.ts'
import { button, type InlineButton, inline } from '../telegram/keyboards.ts'

export interface Telling {
  texts: Texts
  settings: ClientSettings
  now: number
}

/** `завтра, 10:00–11:00`; with the date where that says more. */
export function dayWords({ texts, settings: { timeZone }, now }: Telling, booking: Booking): Html {
  const day = dayOf(booking.startsAt, now, timeZone)
  const when =
    day === 'later'
      ? whenWords(booking.startsAt, booking.endsAt, { language: texts.language, timeZone, now })
      : `${localTime(booking.startsAt, timeZone)}–${localTime(booking.endsAt, timeZone)}`
  return { html: texts.html(`reminder-${day}`, { when }) }
}

/** What a customer can do at once with a booking that a message is about: move it, cancel it. */
export function changeButtons(texts: Texts, bookingId: number): InlineButton[] {
  return [
    button(texts.plain('button-reschedule'), { to: 'nearest', flow: { kind: 'move', bookingId } }),
    button(texts.plain('button-cancel-booking'), { to: 'ask-cancel', bookingId }),
  ]
}

/** A reminder; who has said that they come is not asked again. Sent twice it would be worse than not at all. */
export function reminderMessage(telling: Telling, booking: Booking, details: Html): OutMessage {
  const { texts } = telling
  const bookingId = booking.id
  return {
    kind: 'reminder',
    repeatIfUnknown: false,
    html: texts.html('reminder', {
      service: serviceName(booking),
      when: dayWords(telling, booking),
      details,
    }),
    keyboard: inline(
      booking.status === 'confirmed'
        ? []
        : [button(texts.plain('reminder-coming'), { to: 'coming', bookingId })],
      changeButtons(texts, bookingId),
    ),
  }
}

/** The question how a visit was. */
export function feedbackMessage({ texts, settings, now }: Telling, booking: Booking): OutMessage {
  const { timeZone } = settings
  return {
    kind: 'feedback',
    repeatIfUnknown: false,
    html: texts.html('feedback-ask', {
      service: serviceName(booking),
      when: whenWords(booking.startsAt, undefined, { language: texts.language, timeZone, now }),
    }),
    keyboard: inline(
      STARS.map((stars) => button(`${stars} ★`, { to: 'rate', bookingId: booking.id, stars })),
    ),
  }
}
