import { staffNameToShow } from '../../booking/details.ts'
import { type BookingNews, tellStaff } from '../../booking/notices.ts'
import { changeButtons } from '../../booking/visit-messages.ts'
import { toMyBookings } from '../../dialogue/menu.ts'
import { customerOf, whenOptions } from '../../dialogue/screen.ts'
import { detailLines, plainContact, rulesText, serviceName, whenWords } from '../../dialogue/words.ts'

import type { Html, TextArgs, Texts } from '../../i18n/texts.ts'

import type { BotContext } from '../../runtime/turn.ts'
import type { VisitCustomer } from '../../storage/visit-customer.ts'
import type { Visit } from '../../storage/visits.ts'
import { button, type InlineButton, inline } from '../../telegram/keyboards.ts'

/** Can the bot write to this customer? Said to the admin before and after what concerns the customer. */
export type Reach = 'will-tell' | 'cannot-tell' | 'is-gone' | 'no-need-to-tell'

function reachOf({ telegramId, isGone }: VisitCustomer, startsAt: number, now: number): Reach {
  // What is over is bookkeeping; a message about it would only puzzle.
  if (startsAt <= now) return 'no-need-to-tell'
  if (telegramId === null) return 'cannot-tell'
  return isGone ? 'is-gone' : 'will-tell'
}

/** Whether the customer will hear of a change of what is to begin at `startsAt`, as a sentence. */
export function reachText(ctx: BotContext, customer: VisitCustomer, startsAt: number): Html {
  const { texts, now } = ctx.turn
  return { html: texts.html(`schedule-${reachOf(customer, startsAt, now)}`) }
}

export type Told =
  | { what: 'confirmed' | 'approved' | 'booked' }
  | { what: 'changed'; oldStaffId: number }
  /** `declined`: it had been waiting for approval. */
  | { what: 'cancelled' | 'declined'; reason: string | undefined }
  | { what: 'moved'; oldStartsAt: number; oldStaffId: number }

/**
 * Tells everybody whom a change by an admin concerns: the customer, and the members of staff with an account. Gives
 * back whether the customer hears of it, as a sentence for the admin.
 */
export async function tellConcerned(ctx: BotContext, visit: Visit, told: Told): Promise<Html> {
  const news = newsOf(visit, told)
  // Whoever does it knows.
  if (news && visit.endsAt > ctx.turn.now)
    await tellStaff(ctx, { booking: visit, customer: visit.customer, ...news }, [
      customerOf(ctx).telegramId ?? 0,
    ])
  return { html: ctx.turn.texts.html(heardText(await tellCustomer(ctx, visit, told))) }
}

function heardText(reach: Reach): `schedule-${Exclude<Reach, 'will-tell'> | 'told'}` {
  return reach === 'will-tell' ? 'schedule-told' : `schedule-${reach}`
}

function newsOf({ startsAt, staffId }: Visit, told: Told): Pick<BookingNews, 'notice' | 'old'> | undefined {
  switch (told.what) {
    case 'confirmed':
      break
    case 'approved':
      return { notice: 'admin-approved' }
    case 'booked':
      return { notice: 'admin-booked' }
    case 'changed':
      return told.oldStaffId === staffId
        ? { notice: 'admin-changed' }
        : { notice: 'admin-booked', old: { startsAt, staffId: told.oldStaffId } }
    case 'cancelled':
    case 'declined':
      return { notice: 'admin-cancelled' }
    case 'moved':
      return { notice: 'admin-moved', old: { startsAt: told.oldStartsAt, staffId: told.oldStaffId } }
  }
  return undefined
}

/** What a customer is told about. */
export type ToldVisit = Pick<
  Visit,
  'id' | 'customer' | 'staffName' | 'startsAt' | 'endsAt' | 'lines' | 'priceMinor' | 'currency'
>

/** Tells the customer, in their own language, what became of the booking; gives back whether they hear of it. */
export async function tellCustomer(ctx: BotContext, visit: ToldVisit, told: Told): Promise<Reach> {
  const { turn } = ctx
  const { customer, startsAt } = visit
  const later = told.what === 'moved' ? Math.max(startsAt, told.oldStartsAt) : startsAt
  const reach = reachOf(customer, later, turn.now)
  if (reach !== 'will-tell' || customer.telegramId === null) return reach
  const texts = turn.textsIn(customer.language)
  const options = { ...whenOptions(turn), language: texts.language }
  const args: TextArgs = {
    service: serviceName(visit),
    when: whenWords(startsAt, visit.endsAt, options),
    contact: plainContact(texts, turn.settings),
    rules: rulesText(texts, turn.settings),
    details: detailLines(texts, turn.settings, {
      staffName: await staffNameToShow(turn.tx, visit),
      priceMinor: visit.priceMinor,
      priceFrom: visit.lines.some((line) => line.priceFrom === true),
      currency: visit.currency,
    }),
    ...(told.what === 'moved' ? { old: whenWords(told.oldStartsAt, undefined, options) } : {}),
    ...('reason' in told ? { why: whyLine(told.reason, texts) } : {}),
  }
  turn.effects.send(customer.telegramId, {
    kind: `customer-${told.what}`,
    html: texts.html(`schedule-tell-${told.what}`, args).trimEnd(),
    keyboard: inline(nextSteps(texts, visit, told)),
  })
  return reach
}

/** Whoever did not choose the new time or service can change it at once. */
function nextSteps(texts: Texts, { id }: ToldVisit, { what }: Told): InlineButton[] {
  switch (what) {
    case 'cancelled':
    case 'declined':
      return [button(texts.plain('button-book-again'), { to: 'services', page: 0 })]
    case 'moved':
    case 'changed':
      return changeButtons(texts, id)
    case 'confirmed':
    case 'approved':
    case 'booked':
      break
  }
  return [toMyBookings(texts)]
}

function whyLine(reason: string | undefined, texts: Texts): Html {
  return { html: reason === undefined ? '' : `\n${texts.html('schedule-tell-why', { reason })}` }
}
