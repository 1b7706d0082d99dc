import { Composer } from 'grammy'
import { changeWhat, type PlannedChange, planChange } from '../../booking/change.ts'
import { isChangeRefusal } from '../../booking/claim.ts'
import { pageOf } from '../../dialogue/pages.ts'
import { onButton, showStep, whenOptions } from '../../dialogue/screen.ts'
import { shortHash } from '../../dialogue/short-hash.ts'
import { serviceName, whenWords } from '../../dialogue/words.ts'
import { escapeHtml } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { type Booking, findBooking } from '../../storage/booking-lookup.ts'
import { listServices, listStaff, staffOffering } from '../../storage/catalogue.ts'
import { findVisit, type Visit } from '../../storage/visits.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { adminAuthor, audit } from '../audit.ts'
import { adminShop } from './admin-flow.ts'
import { showCard } from './card.ts'
import { openActive, refuse } from './open-visit.ts'
import { reachText, tellConcerned } from './tell.ts'
import { hindranceLines, lineIf, priceText } from './words.ts'

type Change = Extract<Button, { to: 'visit-change-sure' }>
type Wanted = Omit<Change, 'to' | 'seal'>

/** Admins who run the bookings: another service or another member of staff, at the same time. */
export function changeScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'visit-service', async (ctx, { page, ...shown }) => {
    const opened = await openActive(ctx, shown)
    return opened.ok ? showServices(ctx, opened.visit, page) : opened.say
  })
  onButton(screen, 'visit-member', async (ctx, { page, ...shown }) => {
    const opened = await openActive(ctx, shown)
    return opened.ok ? showMembers(ctx, opened.visit, page) : opened.say
  })
  onButton(screen, 'visit-change', async (ctx, change) => {
    const opened = await openActive(ctx, change)
    if (!opened.ok) return opened.say
    return showSummary(ctx, opened.visit, change)
  })
  onButton(screen, 'visit-change-sure', async (ctx, change) => {
    const opened = await openActive(ctx, change)
    return opened.ok ? carryOut(ctx, opened.visit, change) : opened.say
  })
  return screen
}

async function showServices(ctx: BotContext, visit: Visit, page: number): Promise<string | undefined> {
  const { tx, texts } = ctx.turn
  const own = (await listStaff(tx)).filter(({ id }) => id === visit.staffId)
  const present = visit.lines.length === 1 ? visit.lines[0]?.serviceId : undefined
  const services = (await listServices(tx)).filter(
    ({ id }) => id !== present && staffOffering(own, id).length > 0,
  )
  if (services.length === 0) return texts.plain('schedule-no-other-service', { name: visit.staffName })
  const shown = { bookingId: visit.id, seen: visit.startsAt }
  const paged = pageOf(services, {
    page,
    turnTo: (there) => ({ to: 'visit-service', ...shown, page: there }),
  })
  showStep(ctx, 'visit-service', {
    kind: 'screen',
    html: texts.html('schedule-choose-service', { name: visit.staffName }),
    keyboard: inline(
      ...paged.items.map(({ id, name }) => [
        button(name, { to: 'visit-change', ...shown, serviceId: id, staffId: visit.staffId }),
      ]),
      paged.arrows,
      [button(texts.plain('schedule-card-button'), { to: 'visit', bookingId: visit.id })],
    ),
  })
  return undefined
}

async function showMembers(ctx: BotContext, visit: Visit, page: number): Promise<string | undefined> {
  const { tx, texts } = ctx.turn
  const members = staffOffering(await listStaff(tx), ...visit.lines.map(({ serviceId }) => serviceId)).filter(
    ({ id }) => id !== visit.staffId,
  )
  if (members.length === 0) return texts.plain('schedule-no-other-member')
  const shown = { bookingId: visit.id, seen: visit.startsAt }
  const paged = pageOf(members, { page, turnTo: (there) => ({ to: 'visit-member', ...shown, page: there }) })
  showStep(ctx, 'visit-member', {
    kind: 'screen',
    html: texts.html('schedule-choose-member'),
    keyboard: inline(
      ...paged.items.map(({ id, name }) => [
        button(name, { to: 'visit-change', ...shown, serviceId: null, staffId: id }),
      ]),
      paged.arrows,
      [button(texts.plain('schedule-card-button'), { to: 'visit', bookingId: visit.id })],
    ),
  })
  return undefined
}

/** Was and will be, or what stands in the way. */
async function showSummary(
  ctx: BotContext,
  visit: Visit,
  { bookingId, seen, serviceId, staffId }: Wanted,
): Promise<string | undefined> {
  const { tx, texts, settings } = ctx.turn
  const booking = await findBooking(tx, visit.customer.id, visit.id)
  const planned = booking && (await planChange(tx, adminShop(ctx), booking, { serviceId, staffId }))
  if (!planned) return refuseOffer(ctx, visit)
  const yes: Change = {
    to: 'visit-change-sure',
    bookingId,
    seen,
    serviceId,
    staffId,
    seal: sealOf(booking, planned),
  }
  const fits = planned.hindrances.length === 0
  const html = fits
    ? texts.html('schedule-change-sure', {
        before: { html: wordsOf(ctx, visit) },
        after: { html: wordsOf(ctx, { ...planned.to, staffName: planned.staffName }) },
        warning: lineIf(planned.outsideHours, texts.html('schedule-outside-hours')),
        reach: reachText(ctx, visit.customer, visit.startsAt),
      })
    : texts.html('schedule-not-fitting', {
        hindrances: hindranceLines(texts, planned.hindrances, settings.timeZone),
      })
  const label = texts.plain(planned.outsideHours ? 'schedule-anyway' : 'schedule-change-yes')
  showStep(ctx, 'visit-change', {
    kind: 'screen',
    html,
    keyboard: inline(fits ? [button(label, yes)] : [], [
      button(texts.plain('schedule-card-button'), { to: 'visit', bookingId: visit.id }),
    ]),
  })
  return undefined
}

/** Short for what a summary says, but for what stands in the way: whoever says yes says it to just that. */
function sealOf(before: Booking, { to, outsideHours }: PlannedChange): string {
  const facts = [before, to].map((one) => [one.staffId, one.endsAt, one.priceMinor, serviceName(one)])
  return shortHash(JSON.stringify([facts, outsideHours]))
}

/** `Стрижка, Вера, чт, 26 ноября, 10:00–11:00, 2 000 ₽`. */
function wordsOf(
  ctx: BotContext,
  of: Pick<PlannedChange['to'], 'lines' | 'startsAt' | 'endsAt' | 'priceMinor' | 'currency'> & {
    staffName: string
  },
): string {
  const { texts } = ctx.turn
  const price = priceText(texts, of)
  return escapeHtml(
    [
      serviceName(of),
      of.staffName,
      whenWords(of.startsAt, of.endsAt, whenOptions(ctx.turn)),
      ...(price === '' ? [] : [price]),
    ].join(', '),
  ).html
}

async function carryOut(ctx: BotContext, visit: Visit, change: Change): Promise<string | undefined> {
  const { tx, texts } = ctx.turn
  const { bookingId, seen, serviceId, staffId, seal } = change
  const outcome = await changeWhat(tx, adminShop(ctx), {
    customerId: visit.customer.id,
    bookingId,
    seen,
    wanted: { serviceId, staffId },
    isAsShown: (before, planned) => sealOf(before, planned) === seal,
    author: adminAuthor(ctx),
  })
  if (!outcome.ok) {
    if (outcome.reason === 'not-on-offer') return refuseOffer(ctx, visit)
    if (isChangeRefusal(outcome.reason)) return refuse(ctx, bookingId, outcome.reason)
    return showSummary(ctx, visit, change)
  }
  const after = (await findVisit(tx, bookingId)) ?? visit
  if (outcome.again) {
    await showCard(ctx, after)
    return texts.plain('schedule-already')
  }
  await audit(ctx, 'booking.change', `booking:${bookingId}`, {
    before: { lines: visit.lines, staffId: visit.staffId },
    after: { lines: after.lines, staffId: after.staffId },
  })
  const said = await tellConcerned(ctx, after, { what: 'changed', oldStaffId: outcome.before.staffId })
  await showCard(ctx, after, [texts.html('schedule-changed'), said.html])
  return undefined
}

async function refuseOffer(ctx: BotContext, visit: Visit): Promise<string> {
  await showCard(ctx, visit)
  return ctx.turn.texts.plain('schedule-not-on-offer')
}
