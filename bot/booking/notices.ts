import { customerOf } from '../dialogue/screen.ts'
import { customerLink, serviceName, whenWords } from '../dialogue/words.ts'
import { type Texts, textsFor } from '../i18n/texts.ts'
import type { BotContext } from '../runtime/turn.ts'
import { listAdminIds } from '../storage/admins.ts'
import type { Booking } from '../storage/booking-lookup.ts'
import { markLateChangeTold } from '../storage/booking-marks.ts'
import { findMember } from '../storage/staff.ts'
import { languagesOf } from '../storage/users.ts'
import { staffNameToShow } from './details.ts'

type Notice = 'admin-booked' | 'admin-moved' | 'admin-cancelled' | 'admin-late-change'

/** What happened to a booking; `old` is where it was before a move. */
export interface BookingNews {
  notice: Notice
  booking: Booking
  customer: Parameters<typeof customerLink>[0]
  old?: { startsAt: number; staffId: number } | undefined
}

/**
 * Tells every admin, each in the own language, who did what with which booking, and the booking's member of staff.
 * Gives back how many admins are told.
 */
export async function tellAdmins(
  ctx: BotContext,
  notice: Notice,
  booking: Booking,
  old?: BookingNews['old'],
): Promise<number> {
  const { turn } = ctx
  const news: BookingNews = { notice, booking, customer: customerOf(ctx), old }
  const adminIds = await listAdminIds(turn.tx, turn.client.staticAdminIds)
  const languages = await languagesOf(turn.tx, adminIds)
  const staffName = await staffNameToShow(ctx, booking)
  for (const adminId of adminIds) {
    const texts = textsFor(languages.get(adminId) ?? 'ru')
    turn.effects.send(adminId, { kind: 'admin-notice', html: newsText(ctx, texts, { ...news, staffName }) })
  }
  // What came too late is for admins alone: they can still change it.
  if (notice !== 'admin-late-change') await tellStaff(ctx, news, adminIds)
  return adminIds.length
}

/**
 * Tells the member of staff whose booking it is; after a move to somebody else also the one who has lost it, who learns
 * nothing of the customer any more. `told` have heard of it already: nobody hears twice.
 */
export async function tellStaff(ctx: BotContext, news: BookingNews, told: readonly number[]): Promise<void> {
  const { tx, effects, settings, now } = ctx.turn
  const { booking, old } = news
  const wasWith = old && old.staffId !== booking.staffId ? await accountOf(ctx, old.staffId) : null
  const isWith = await accountOf(ctx, booking.staffId)
  const languages = await languagesOf(
    tx,
    [wasWith, isWith].filter((id) => id !== null),
  )
  const textsOf = (telegramId: number) => textsFor(languages.get(telegramId) ?? 'ru')
  if (isWith !== null && !told.includes(isWith))
    effects.send(isWith, { kind: 'staff-notice', html: newsText(ctx, textsOf(isWith), news) })
  if (old && wasWith !== null && !told.includes(wasWith)) {
    const texts = textsOf(wasWith)
    const options = { language: texts.language, timeZone: settings.timeZone, now }
    const html = texts.html('staff-handed-over', {
      service: serviceName(booking),
      when: whenWords(old.startsAt, undefined, options),
    })
    effects.send(wasWith, { kind: 'staff-notice', html })
  }
}

async function accountOf(ctx: BotContext, staffId: number): Promise<number | null> {
  return (await findMember(ctx.turn.tx, staffId))?.telegramId ?? null
}

/** `staffName` for those who do not know it from themselves. */
function newsText(
  ctx: BotContext,
  texts: Texts,
  { notice, booking, customer, old, staffName }: BookingNews & { staffName?: string | undefined },
): string {
  const { settings, now } = ctx.turn
  const options = { language: texts.language, timeZone: settings.timeZone, now }
  return texts.html(notice, {
    service: serviceName(booking),
    staff: { html: staffName === undefined ? '' : `\n${texts.html('line-staff', { name: staffName })}` },
    when: whenWords(booking.startsAt, booking.endsAt, options),
    customer: customerLink(customer),
    ...(old === undefined ? {} : { old: whenWords(old.startsAt, undefined, options) }),
  })
}

/** A change that came too late is told once for each booking. Gives back whether there is an admin to know of it. */
export async function tellLateChange(ctx: BotContext, booking: Booking): Promise<boolean> {
  const { turn } = ctx
  if (await markLateChangeTold(turn.tx, booking.id, turn.now))
    return (await tellAdmins(ctx, 'admin-late-change', booking)) > 0
  return (await listAdminIds(turn.tx, turn.client.staticAdminIds)).length > 0
}
