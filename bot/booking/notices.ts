import { customerOf } from '../dialogue/screen.ts'
import { customerContact, serviceName, whenWords } from '../dialogue/words.ts'
import { escapeHtml, type Texts, textsFor } from '../i18n/texts.ts'
import type { BotContext } from '../runtime/turn.ts'
import { listAdminIds } from '../storage/admins.ts'
import type { Booking } from '../storage/booking-lookup.ts'
import { markLateChangeTold } from '../storage/booking-marks.ts'
import { findMember } from '../storage/staff.ts'
import { languagesOf } from '../storage/users.ts'
import { button, type InlineButton, inline } from '../telegram/keyboards.ts'
import { staffNameToShow } from './details.ts'

type Notice =
  | 'admin-booked'
  | 'admin-asked'
  | 'admin-asked-move'
  | 'admin-approved'
  | 'admin-changed'
  | 'admin-moved'
  | 'admin-cancelled'
  | 'admin-late-change'
  | 'admin-low-rating'
  | 'admin-comment'
  | 'admin-cancel-reason'

/** What a business may switch off; of customers who are unhappy or cannot help themselves it must learn. */
const EVERYDAY: ReadonlySet<Notice> = new Set([
  'admin-booked',
  'admin-moved',
  'admin-cancelled',
  'admin-cancel-reason',
])

/** What the booking's member of staff hears, too. */
const FOR_STAFF: ReadonlySet<Notice> = new Set([
  'admin-booked',
  'admin-asked',
  'admin-asked-move',
  'admin-moved',
  'admin-cancelled',
])

/** What an admin has to decide. */
const ASKING: ReadonlySet<Notice> = new Set(['admin-asked', 'admin-asked-move'])

/** The two answers to what waits for an admin. */
export function decisionRow(
  texts: Texts,
  { id: bookingId, startsAt: seen }: Pick<Booking, 'id' | 'startsAt'>,
): InlineButton[] {
  return [
    button(texts.plain('approval-yes'), { to: 'visit-approve', bookingId, seen }),
    button(texts.plain('approval-no'), { to: 'visit-cancel-ask', bookingId, seen }),
  ]
}

/** What some of the notices say besides; `old` is where a booking was before a move. */
interface Facts {
  old?: { startsAt: number; staffId: number } | undefined
  stars?: string
  comment?: string
}

/** What happened to a booking. */
export interface BookingNews extends Facts {
  notice: Notice
  booking: Pick<Booking, 'staffId' | 'startsAt' | 'endsAt' | 'lines'>
  customer: Parameters<typeof customerContact>[0]
}

/**
 * Tells every admin, each in the own language, who did what with which booking, and the booking's member of staff.
 * Gives back how many admins are told.
 */
export async function tellAdmins(
  ctx: BotContext,
  notice: Notice,
  booking: Booking,
  facts: Facts = {},
): Promise<number> {
  const { turn } = ctx
  const news: BookingNews = { notice, booking, customer: customerOf(ctx), ...facts }
  const isQuiet = !turn.settings.notifyAdmins && EVERYDAY.has(notice)
  const adminIds = isQuiet ? [] : await listAdminIds(turn.tx, turn.client.staticAdminIds)
  const languages = await languagesOf(turn.tx, adminIds)
  const staffName = await staffNameToShow(turn.tx, booking)
  for (const adminId of adminIds) {
    const texts = textsFor(languages.get(adminId) ?? 'ru')
    turn.effects.send(adminId, {
      kind: 'admin-notice',
      html: newsText(ctx, texts, { ...news, staffName }),
      ...(ASKING.has(notice) ? { keyboard: inline(decisionRow(texts, booking)) } : {}),
    })
  }
  if (FOR_STAFF.has(notice)) await tellStaff(ctx, news, adminIds)
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
  news: BookingNews & { staffName?: string | undefined },
): string {
  const { notice, booking, customer, old, stars, comment, staffName } = news
  const { settings, now } = ctx.turn
  const options = { language: texts.language, timeZone: settings.timeZone, now }
  return texts.html(notice, {
    service: serviceName(booking),
    staff: { html: staffName === undefined ? '' : `\n${texts.html('line-staff', { name: staffName })}` },
    when: whenWords(booking.startsAt, booking.endsAt, options),
    customer: customerContact(customer),
    ...(old === undefined ? {} : { old: whenWords(old.startsAt, undefined, options) }),
    ...(stars === undefined ? {} : { stars }),
    ...(comment === undefined ? {} : { comment: escapeHtml(comment) }),
  })
}

/** A change that came too late is told once for each booking. Gives back whether there is an admin to know of it. */
export async function tellLateChange(ctx: BotContext, booking: Booking): Promise<boolean> {
  const { turn } = ctx
  if (await markLateChangeTold(turn.tx, booking.id, turn.now))
    return (await tellAdmins(ctx, 'admin-late-change', booking)) > 0
  return (await listAdminIds(turn.tx, turn.client.staticAdminIds)).length > 0
}
