import { toMyBookings } from '../../dialogue/menu.ts'
import type { Texts } from '../../i18n/texts.ts'
import type { OutMessage, Turn } from '../../runtime/turn.ts'
import type { WaitingPlace } from '../../storage/waitlist.ts'
import { bookFlow } from '../../telegram/button-fields.ts'
import { button, type InlineButton, inline } from '../../telegram/keyboards.ts'
import { placeWords } from './places.ts'

/** Nothing more is offered for a place: it has ended, and this is how to come all the same. */
export function endedMessage(
  telling: Pick<Turn, 'texts' | 'settings' | 'now'>,
  place: WaitingPlace,
): OutMessage {
  return {
    kind: 'waitlist-ended',
    html: telling.texts.html('waitlist-ended', placeWords(telling, place)),
    keyboard: inline([dayButton(telling.texts, place)], [toMyBookings(telling.texts)]),
  }
}

/** To all that is free on the day, or to its waitlist. */
export function dayButton(texts: Texts, { lines, staffId, localDate }: WaitingPlace): InlineButton {
  const flow = bookFlow(
    lines.map(({ serviceId }) => serviceId),
    staffId,
  )
  return button(texts.plain('waitlist-day'), { to: 'day', flow, date: localDate, part: 0 })
}
