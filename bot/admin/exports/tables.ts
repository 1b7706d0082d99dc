import { Composer } from 'grammy'
import { onButton } from '../../dialogue/screen.ts'
import { csvDate, csvMoney, csvPhone } from '../../domain/csv.ts'
import { exportSpan } from '../../domain/export-period.ts'
import { type Interval, localDate, localTime } from '../../domain/time.ts'
import type { BotContext, Turn } from '../../runtime/turn.ts'
import {
  countBookings,
  countCustomers,
  type ExportedBooking,
  pageOfBookings,
  pageOfCustomers,
} from '../../storage/exports.ts'
import { ROWS_AT_ONCE, sendTable } from './send-table.ts'

/** Who may take data along: bookings and customers of a time, as files. */
export function tablesScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'export-table', async (ctx, { table, period }) => {
    const { tx, now, settings } = ctx.turn
    const { timeZone } = settings
    const { first, last, span } = exportSpan(period, localDate(now, timeZone), timeZone)
    const bookings = table === 'bookings'
    return sendTable(ctx, {
      table,
      count: bookings ? await countBookings(tx, span) : await countCustomers(tx, span),
      scope: period === 'all' ? { period } : { from: first, to: last },
      rows: () => (bookings ? bookingRows(ctx.turn, span) : customerRows(ctx.turn, span)),
    })
  })
  return screen
}

async function* bookingRows(turn: Turn, span: Interval): AsyncGenerator<string[]> {
  for (let after: ExportedBooking | undefined; ; ) {
    const page = await pageOfBookings(turn.tx, span, after, ROWS_AT_ONCE)
    for (const booking of page) yield bookingRow(turn, booking)
    after = page.at(-1)
    if (page.length < ROWS_AT_ONCE) return
  }
}

function bookingRow({ texts, settings: { timeZone } }: Turn, booking: ExportedBooking): string[] {
  return [
    String(booking.id),
    csvDate(localDate(booking.startsAt, timeZone)),
    localTime(booking.startsAt, timeZone),
    localTime(booking.endsAt, timeZone),
    booking.services,
    booking.staffName,
    booking.customerName,
    csvPhone(booking.phone),
    booking.username ?? '',
    texts.plain(`exports-status-${booking.status}` as 'exports-status-booked'),
    csvMoney(booking.priceMinor),
    booking.currency,
    texts.plain(booking.source === 'admin' ? 'exports-source-admin' : 'exports-source-bot'),
    booking.note,
    booking.cancelReason ?? '',
    csvDate(localDate(booking.createdAt, timeZone)),
  ]
}

async function* customerRows(turn: Turn, span: Interval): AsyncGenerator<string[]> {
  const { timeZone } = turn.settings
  const day = (instant: number | null) => (instant === null ? '' : csvDate(localDate(instant, timeZone)))
  for (let after = 0; ; ) {
    const page = await pageOfCustomers(turn.tx, span, after, ROWS_AT_ONCE)
    for (const one of page)
      yield [
        String(one.id),
        one.name,
        csvPhone(one.phone),
        one.username ?? '',
        day(one.since),
        day(one.lastVisitAt),
        String(one.visits),
        String(one.noShows),
        String(one.cancelled),
        csvMoney(one.spentMinor),
        one.currency,
        one.tags,
        one.notes,
      ]
    after = page.at(-1)?.id ?? after
    if (page.length < ROWS_AT_ONCE) return
  }
}
