import type { ClientSettings } from '../../contract/settings.ts'
import { pageOf } from '../../dialogue/pages.ts'
import { dateWords } from '../../dialogue/words.ts'
import { csvDate } from '../../domain/csv.ts'
import {
  addDays,
  dayBounds,
  type Interval,
  type IsoDate,
  instantOf,
  localDate,
  localTime,
} from '../../domain/time.ts'
import { shorten, type Texts } from '../../i18n/texts.ts'
import type { OutMessage } from '../../runtime/turn.ts'
import type { Visit } from '../../storage/visits.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { nameOf } from './words.ts'

const NAME_ON_BUTTON = 18

/** Which visits an evening asks about: those of its day, and those of the evening before that began after its list. */
export function eveningSpan(
  date: IsoDate,
  { eveningListTime, timeZone }: Pick<ClientSettings, 'eveningListTime' | 'timeZone'>,
): Interval {
  const day = dayBounds(date, timeZone)
  if (eveningListTime === '') return day
  // What began with the list itself was on it.
  return { ...day, start: instantOf(addDays(date, -1), eveningListTime, timeZone) + 1 }
}

/** The visits of a day that nobody has marked, each with two buttons; sent in the evening, edited with every tap. */
export function eveningList(
  texts: Texts,
  of: { date: IsoDate; visits: readonly Visit[]; page: number; timeZone: string; now: number },
): OutMessage {
  const { date, visits, timeZone, now } = of
  const day = dateWords(dayBounds(date, timeZone).start, { language: texts.language, timeZone, now })
  const open = button(texts.plain('schedule-open-day'), { to: 'schedule-day', date, staffId: null, page: 0 })
  if (visits.length === 0)
    return {
      kind: 'evening-list',
      html: texts.html('schedule-evening-done', { date: day }),
      keyboard: inline([open]),
    }
  const shown = pageOf(visits, {
    page: of.page,
    turnTo: (there) => ({ to: 'evening-list', date, page: there }),
  })
  const { page } = shown
  return {
    kind: 'evening-list',
    html: texts.html('schedule-evening', { date: day, count: visits.length }),
    keyboard: inline(
      ...shown.items.map(({ id: bookingId, startsAt, customer }) => {
        const who = `${timeOn(date, startsAt, timeZone)} ${shorten(nameOf(customer), NAME_ON_BUTTON)}`
        return [
          button(`✅ ${who}`, { to: 'evening-mark', bookingId, mark: 'came', date, page }),
          button(texts.plain('schedule-evening-no-show'), {
            to: 'evening-mark',
            bookingId,
            mark: 'no_show',
            date,
            page,
          }),
        ]
      }),
      shown.arrows,
      [open],
    ),
  }
}

/** `21:00`, or `25.11 21:00` of another day. */
function timeOn(date: IsoDate, instant: number, timeZone: string): string {
  const day = localDate(instant, timeZone)
  const time = localTime(instant, timeZone)
  return day === date ? time : `${csvDate(day).slice(0, 5)} ${time}`
}
