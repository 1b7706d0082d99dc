import { Composer } from 'grammy'
import { pageOf } from '../../dialogue/pages.ts'
import { onButton, showEnd, whenOptions } from '../../dialogue/screen.ts'
import { dateWords } from '../../dialogue/words.ts'
import { monthOf } from '../../domain/calendar.ts'
import { addDays, dayBounds, type IsoDate, localDate } from '../../domain/time.ts'
import { shorten } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { listStaff } from '../../storage/catalogue.ts'
import { listVisits } from '../../storage/visits.ts'
import { countWaiting } from '../../storage/waitlist.ts'
import { button, type InlineButton, inline, inRows } from '../../telegram/keyboards.ts'
import { staffLine, visitLabel } from './words.ts'

/** Calendars end somewhere, so that a forged button leads to no year 9999. */
const FIRST_DAY = '2000-01-01'
const LAST_DAY = '2099-12-31'

/** Admins who run the bookings: the visits of one day, of everybody or of one member of staff. */
export function dayScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'schedule', async (ctx) => {
    await showToday(ctx)
    return undefined
  })
  onButton(screen, 'schedule-day', async (ctx, { date, staffId, page }) => {
    await showDay(ctx, date, staffId, page)
    return undefined
  })
  onButton(screen, 'schedule-staff', async (ctx, { date, page }) => {
    await showStaffFilter(ctx, knownDay(ctx, date), page)
    return undefined
  })
  return screen
}

export async function showToday(ctx: BotContext): Promise<void> {
  await showDay(ctx, todayOf(ctx), null, 0)
}

export function todayOf({ turn }: BotContext): IsoDate {
  return localDate(turn.now, turn.settings.timeZone)
}

/** The day itself, or today where no calendar goes so far. */
export function knownDay(ctx: BotContext, date: IsoDate): IsoDate {
  return FIRST_DAY <= date && date <= LAST_DAY ? date : todayOf(ctx)
}

/** Whose schedule is shown; nothing where the business has one member of staff. */
export async function filterOf(
  ctx: BotContext,
  staffId: number | null,
): Promise<{ several: boolean; name: string | undefined }> {
  const staff = await listStaff(ctx.turn.tx)
  const several = staff.length > 1
  const name = staff.find(({ id }) => id === staffId)?.name
  return { several, name: name ?? (several ? ctx.turn.texts.plain('schedule-everybody') : undefined) }
}

async function showDay(
  ctx: BotContext,
  wanted: IsoDate,
  staffId: number | null,
  page: number,
): Promise<void> {
  const { tx, texts, settings } = ctx.turn
  const { timeZone } = settings
  const date = knownDay(ctx, wanted)
  const bounds = dayBounds(date, timeZone)
  const visits = await listVisits(tx, bounds, staffId)
  const waiting = await countWaiting(tx, bounds)
  const filter = await filterOf(ctx, staffId)
  const shown = pageOf(visits, {
    page,
    turnTo: (there) => ({ to: 'schedule-day', date, staffId, page: there }),
  })
  const args = {
    date: dateWords(bounds.start, whenOptions(ctx.turn)),
    staff: staffLine(texts, filter.name),
  }
  const day = (there: IsoDate): InlineButton =>
    button(shortDay(ctx, there), { to: 'schedule-day', date: there, staffId, page: 0 })
  const rows = shown.items.map((visit) => [
    button(visitLabel(visit, timeZone, filter.several && staffId === null), {
      to: 'visit',
      bookingId: visit.id,
    }),
  ])
  showEnd(ctx, {
    kind: 'screen',
    html: [
      visits.length === 0
        ? texts.html('schedule-day-none', args)
        : texts.html('schedule-day', { ...args, count: visits.length }),
      ...(waiting > 0 ? [texts.html('waitlist-admin', { count: waiting })] : []),
    ].join('\n\n'),
    keyboard: inline(
      ...rows,
      shown.arrows,
      [
        day(addDays(date, -1)),
        button(texts.plain('schedule-today-button'), {
          to: 'schedule-day',
          date: todayOf(ctx),
          staffId,
          page: 0,
        }),
        day(addDays(date, 1)),
      ],
      [
        button(texts.plain('schedule-week-button'), { to: 'schedule-week', date, staffId }),
        button(texts.plain('schedule-month-button'), { to: 'schedule-month', month: monthOf(date), staffId }),
        ...(filter.several
          ? [button(`👤 ${shorten(filter.name ?? '', 16)}`, { to: 'schedule-staff', date, page: 0 })]
          : []),
      ],
      [button(texts.plain('schedule-hand-door'), { to: 'hand-services', page: 0 })],
      [button(texts.plain('schedule-panel-button'), { to: 'panel' })],
    ),
  })
}

function shortDay(ctx: BotContext, date: IsoDate): string {
  const { start } = dayBounds(date, ctx.turn.settings.timeZone)
  return dateWords(start, { ...whenOptions(ctx.turn), month: 'short' })
}

async function showStaffFilter(ctx: BotContext, date: IsoDate, page: number): Promise<void> {
  const { tx, texts } = ctx.turn
  const shown = pageOf(await listStaff(tx), {
    page,
    turnTo: (there) => ({ to: 'schedule-staff', date, page: there }),
  })
  const choice = (label: string, staffId: number | null) =>
    button(label, { to: 'schedule-day', date, staffId, page: 0 })
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html('schedule-choose-staff'),
    keyboard: inline(
      [choice(texts.plain('schedule-everybody'), null)],
      ...inRows(
        shown.items.map(({ id, name }) => choice(name, id)),
        2,
      ),
      shown.arrows,
      [button(texts.plain('schedule-day-button'), { to: 'schedule-day', date, staffId: null, page: 0 })],
    ),
  })
}
