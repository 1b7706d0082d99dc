import { customerOf } from '../dialogue/screen.ts'
import { customerLink, serviceName, whenWords } from '../dialogue/words.ts'
import { escapeHtml, type TextArgs, textsFor } from '../i18n/texts.ts'
import type { BotContext } from '../runtime/turn.ts'
import { listAdminIds } from '../storage/admins.ts'
import type { Booking } from '../storage/booking-lookup.ts'
import { markLateChangeTold } from '../storage/booking-marks.ts'
import { languagesOf } from '../storage/users.ts'
import { staffNameToShow } from './details.ts'

type Notice =
  | 'admin-booked'
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

/** What some of the notices say besides. */
interface Facts {
  oldStartsAt?: number
  stars?: string
  comment?: string
}

/** Tells every admin, each in the own language, who did what with which booking. Gives back how many are told. */
export async function tellAdmins(
  ctx: BotContext,
  notice: Notice,
  booking: Booking,
  { oldStartsAt, ...facts }: Facts = {},
): Promise<number> {
  const { turn } = ctx
  if (!turn.settings.notifyAdmins && EVERYDAY.has(notice)) return 0
  const adminIds = await listAdminIds(turn.tx, turn.client.staticAdminIds)
  const languages = await languagesOf(turn.tx, adminIds)
  const staffName = await staffNameToShow(turn.tx, booking)
  for (const adminId of adminIds) {
    const texts = textsFor(languages.get(adminId) ?? 'ru')
    const options = { language: texts.language, timeZone: turn.settings.timeZone, now: turn.now }
    const args: TextArgs = {
      service: serviceName(booking),
      staff: { html: staffName === undefined ? '' : `\n${texts.html('line-staff', { name: staffName })}` },
      when: whenWords(booking.startsAt, booking.endsAt, options),
      customer: customerLink(customerOf(ctx)),
      ...(facts.stars === undefined ? {} : { stars: facts.stars }),
      ...(facts.comment === undefined ? {} : { comment: escapeHtml(facts.comment) }),
      ...(oldStartsAt === undefined ? {} : { old: whenWords(oldStartsAt, undefined, options) }),
    }
    turn.effects.send(adminId, { kind: 'admin-notice', html: texts.html(notice, args) })
  }
  return adminIds.length
}

/** A change that came too late is told once for each booking. Gives back whether there is an admin to know of it. */
export async function tellLateChange(ctx: BotContext, booking: Booking): Promise<boolean> {
  const { turn } = ctx
  if (await markLateChangeTold(turn.tx, booking.id, turn.now))
    return (await tellAdmins(ctx, 'admin-late-change', booking)) > 0
  return (await listAdminIds(turn.tx, turn.client.staticAdminIds)).length > 0
}
