import { customerOf } from '../../dialogue/screen.ts'
import { serviceName, whenWords } from '../../dialogue/words.ts'
import type { MassTask } from '../../domain/mass.ts'
import { escapeHtml, shorten, textsFor } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { listStaffAccounts } from '../../storage/catalogue.ts'
import type { ComingBooking } from '../../storage/coming.ts'
import { languagesOf } from '../../storage/users.ts'
import { type Told, tellCustomer } from '../schedule/tell.ts'
import { nameOf } from '../schedule/words.ts'
import type { Planned } from './plan.ts'

/** A message has room for so many; the rest is in the member's schedule. */
const LINES_MAX = 30
const NAME_MAX = 30

/** Can the bot write to the customer of this booking? */
export function canBeTold({ customer }: ComingBooking): boolean {
  return customer.telegramId !== null && !customer.isGone
}

/** Tells each customer what became of their booking. Gives back the bookings whose customers cannot be told. */
export async function tellCustomers(
  ctx: BotContext,
  entries: readonly Planned[],
  reason: string,
): Promise<ComingBooking[]> {
  const untold: ComingBooking[] = []
  for (const entry of entries) {
    if (entry.fate.kind === 'stays') continue
    const reach = await tellCustomer(ctx, afterwards(entry), toldOf(entry, reason))
    if (reach !== 'will-tell') untold.push(entry.booking)
  }
  return untold
}

function toldOf({ booking, fate }: Planned, reason: string): Told {
  const { startsAt: oldStartsAt, staffId: oldStaffId } = booking
  if (fate.kind !== 'becomes') return { what: 'cancelled', reason: reason || undefined }
  return fate.to.startsAt === oldStartsAt
    ? { what: 'changed', oldStaffId }
    : { what: 'moved', oldStartsAt, oldStaffId }
}

/** The booking as it is when the plan is carried out. */
function afterwards({ booking, fate }: Planned): ComingBooking {
  return fate.kind === 'becomes' ? { ...booking, ...fate.to } : booking
}

/** Tells each member of staff with an account in one message, but the one who has done it. */
export async function tellMembers(
  ctx: BotContext,
  kind: MassTask['kind'],
  entries: readonly Planned[],
): Promise<void> {
  const { tx, effects, settings, now } = ctx.turn
  const accounts = await listStaffAccounts(tx)
  accounts.delete(customerOf(ctx).telegramId ?? 0)
  const languages = await languagesOf(tx, [...accounts.keys()])
  for (const [telegramId, staffId] of accounts) {
    const own = entries.filter(({ booking, fate }) => booking.staffId === staffId && fate.kind !== 'stays')
    if (own.length === 0) continue
    const texts = textsFor(languages.get(telegramId) ?? 'ru')
    const options = { language: texts.language, timeZone: settings.timeZone, now }
    const lines = own.slice(0, LINES_MAX).map((entry) => {
      const after = afterwards(entry)
      const when = whenWords(after.startsAt, after.endsAt, options)
      const what = escapeHtml(shorten(`${serviceName(after)}, ${nameOf(after.customer)}`, 2 * NAME_MAX)).html
      return `\n• ${when} · ${what}`
    })
    const more = own.length - lines.length
    if (more > 0) lines.push(`\n${texts.html('calendar-more-bookings', { count: more })}`)
    effects.send(telegramId, {
      kind: 'staff-notice',
      html: texts.html(`mass-staff-${kind}`, { list: { html: lines.join('') } }),
    })
  }
}
