import type { OpenFlow } from '../../booking/flow.ts'
import { openMoveOffer, openServiceOffer, readQuery, type Shop } from '../../booking/offer.ts'
import { shopOf } from '../../booking/shop.ts'
import { ADMIN_WAYS, type FlowWays } from '../../booking/ways.ts'
import { serviceName } from '../../dialogue/words.ts'
import { type BookingRules, busyRange, checkStart, type StartRefusal } from '../../domain/availability.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { findBooking } from '../../storage/booking-lookup.ts'
import { type Hindrances, hindrancesOf, type Visit } from '../../storage/visits.ts'
import { type Flow, wantedServices } from '../../telegram/button-fields.ts'
import { button } from '../../telegram/keyboards.ts'
import { showHandServices } from './hand-services.ts'
import { openActive } from './open-visit.ts'

/** A flow of an admin; one that moves a booking knows whose it is. */
export type AdminFlow = OpenFlow & { visit?: Visit }

/** The business with an admin's rights: no limits, no deadlines, a year ahead; hours and grid as `rules` say. */
export function adminShop(ctx: BotContext, rules: Pick<BookingRules, 'starts'> = {}): Shop {
  return { ...shopOf(ctx.turn), admin: rules }
}

/** Opens a flow for an admin, as `openFlow` does it for customers. */
export async function openAdminFlow(
  ctx: BotContext,
  flow: Flow,
): Promise<AdminFlow | { kind: 'refused'; say: string | undefined }> {
  const { tx, texts } = ctx.turn
  const shop = adminShop(ctx)
  if (flow.kind === 'move') {
    const opened = await openActive(ctx, flow)
    if (!opened.ok) return { kind: 'refused', say: opened.say }
    const { visit } = opened
    const booking = await findBooking(tx, visit.customer.id, visit.id)
    if (!booking) throw new Error(`booking ${visit.id} is gone within its own transaction`)
    const offer = await openMoveOffer(tx, shop, booking)
    return {
      kind: 'move',
      flow,
      booking,
      visit,
      offer,
      name: serviceName(booking),
      shop,
      ...waysOf(ctx, flow),
    }
  }
  const offer = await openServiceOffer(tx, shop, wantedServices(flow), flow.staffId)
  if (!offer) {
    await showHandServices(ctx, 0)
    return { kind: 'refused', say: texts.plain('schedule-not-on-offer') }
  }
  const { services } = offer
  const name = serviceName({ lines: services })
  return { kind: 'book', flow, services, offer, name, shop, ...waysOf(ctx, flow) }
}

function waysOf(ctx: BotContext, flow: Flow): FlowWays {
  const { texts } = ctx.turn
  const back =
    flow.kind === 'move'
      ? button(texts.plain('schedule-card-button'), { to: 'visit', bookingId: flow.bookingId })
      : button(texts.plain('button-services'), { to: 'hand-services', page: 0 })
  return {
    ways: ADMIN_WAYS,
    exits: [[button(texts.plain('schedule-type-time'), { to: 'admin-typed-time', flow })], [back]],
  }
}

export type Preview =
  | { ok: true; end: number; staffName: string; priceMinor: number | null; starts: 'in-hours' | 'any' }
  | { ok: false; reason: StartRefusal; hindrances: Hindrances }

/** What would come of a start: within the working hours if that can be, else outside of them, which is asked about. */
export async function previewStart(ctx: BotContext, open: OpenFlow, startsAt: number): Promise<Preview> {
  const { tx, now } = ctx.turn
  const { candidates, exceptBookingId } = open.offer
  const query = await readQuery(tx, open.shop, open.offer, { start: startsAt, end: startsAt })
  const judge = (starts: 'in-hours' | 'any') =>
    query.offerings.map((offering) =>
      checkStart({ ...query, rules: { ...query.rules, starts } }, offering, startsAt),
    )
  for (const starts of ['in-hours', 'any'] as const) {
    const verdicts = judge(starts)
    const index = verdicts.findIndex(({ ok }) => ok)
    const verdict = verdicts[index]
    const candidate = candidates[index]
    if (verdict?.ok && candidate) {
      const { priceMinor, member } = candidate
      return { ok: true, end: verdict.end, staffName: member.name, priceMinor, starts }
    }
  }
  const reasons = judge('any').flatMap((one) => (one.ok ? [] : [one.reason]))
  const reason = reasons.includes('taken') ? 'taken' : (reasons[0] ?? 'taken')
  const first = candidates[0]
  const hindrances =
    reason === 'taken' && first
      ? await hindrancesOf(tx, first.member.id, busyRange(startsAt, first.terms), now, exceptBookingId)
      : []
  return { ok: false, reason, hindrances }
}
