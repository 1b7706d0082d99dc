import { holdTime } from '../booking/hold.ts'
import { mayBookNow } from '../booking/judge.ts'
import { openServiceOffer, readQuery, type Shop } from '../booking/offer.ts'
import { endedMessage } from '../booking/waitlist/ended.ts'
import { detailLines, serviceName, whenWords } from '../dialogue/words.ts'
import { freeSlots } from '../domain/availability.ts'
import { totalPrice } from '../domain/money.ts'
import { dayBounds, localTime, MINUTE_MS } from '../domain/time.ts'
import { totalMinutes } from '../domain/visits.ts'
import { inTurn, isSpent, mayOfferNow } from '../domain/waitlist.ts'
import { lockCustomer } from '../storage/bookings.ts'
import { listStaff } from '../storage/catalogue.ts'
import type { Tx } from '../storage/database.ts'
import type { Hold } from '../storage/holds.ts'
import { forgetStaleOffers, offerKey } from '../storage/unsent.ts'
import { endWaiting, findPlace, listLine, type PlaceInLine } from '../storage/waitlist.ts'
import { button, inline } from '../telegram/keyboards.ts'
import type { Job, JobMessage, JobTurn } from './job.ts'

/**
 * Offers a time that has become free to whoever is next in line for its day. A run writes to one customer, for a
 * transaction locks one, and before any row; as long as there is something to offer, the next run follows at once.
 */
export const waitlist: Job = {
  name: 'waitlist',
  runsAtOnce: 20,
  async run(at) {
    const { tx, settings, now } = at
    await forgetStaleOffers(tx, at.client.clientId, now)
    const line = await listLine(tx, now)
    const over = line.filter(({ endsAt }) => endsAt <= now)
    if (over.length > 0) {
      await endWaiting(
        tx,
        over.map(({ id }) => id),
        now,
      )
      return []
    }
    if (!settings.waitlist) return []
    const shop = { clientId: at.client.clientId, settings, workHours: at.client.defaults.workHours, now }
    const rules = {
      quiet: { from: settings.quietFrom, to: settings.quietTo },
      timeZone: settings.timeZone,
    }
    const starts = freeStartsOf(tx, shop)
    for (const place of inTurn(line)) {
      if (place.chatId === null || place.isOffered || !mayOfferNow(place.localDate, now, rules)) continue
      if (isSpent(place)) return end(at, place, place.chatId)
      const startsAt = (await starts(place)).find((start) => !place.offered.includes(start))
      if (startsAt === undefined) continue
      // Whoever may not book does not stand in the way of the others.
      if (!(await mayBookNow(tx, shop, place.customerId)).ok) continue
      return offer(at, shop, place, place.chatId, startsAt)
    }
    return []
  },
}

/** Reads what is free for a place, once for all who wait for the same. */
function freeStartsOf(tx: Tx, shop: Shop): (place: PlaceInLine) => Promise<number[]> {
  const known = new Map<string, number[]>()
  return async ({ localDate, lines, staffId }) => {
    const serviceIds = lines.map(({ serviceId }) => serviceId)
    const key = [localDate, staffId, ...serviceIds].join()
    const before = known.get(key)
    if (before) return before
    const wanted = await openServiceOffer(tx, shop, serviceIds, staffId)
    const day = dayBounds(localDate, shop.settings.timeZone)
    const starts = wanted
      ? freeSlots(await readQuery(tx, shop, wanted, day), localDate).map(({ start }) => start)
      : []
    known.set(key, starts)
    return starts
  }
}

async function offer(
  at: JobTurn,
  shop: Shop,
  place: PlaceInLine,
  chatId: number,
  startsAt: number,
): Promise<JobMessage[]> {
  const { tx, settings, now } = at
  const { id: waitingId, customerId, staffId } = place
  await lockCustomer(tx, shop.clientId, customerId)
  // Left meanwhile, or booked otherwise; or another look was faster.
  const present = await findPlace(tx, customerId, waitingId, now)
  if (!present?.isWaiting || present.isOffered || isSpent(present)) return []
  const outcome = await holdTime(tx, shop, {
    customerId,
    serviceIds: place.lines.map(({ serviceId }) => serviceId),
    staffId,
    startsAt,
    expiresAt: Math.min(now + settings.waitlistOfferMinutes * MINUTE_MS, startsAt),
    waitingId,
  })
  return outcome.ok ? [await offerMessage(at, place, chatId, outcome.hold)] : []
}

/** Who has had all offers is told that no more will come. */
async function end(at: JobTurn, place: PlaceInLine, chatId: number): Promise<JobMessage[]> {
  const { tx, client, settings, now } = at
  await lockCustomer(tx, client.clientId, place.customerId)
  // Left meanwhile, or booked otherwise.
  if (!(await endWaiting(tx, [place.id], now))) return []
  const texts = await at.textsIn(place.language)
  const message = endedMessage({ texts, settings, now }, place)
  return [{ key: `waitlist-ended:${place.id}`, chatId, message }]
}

async function offerMessage(
  { tx, settings, now, textsIn }: JobTurn,
  { id: waitingId, language }: PlaceInLine,
  chatId: number,
  hold: Hold,
): Promise<JobMessage> {
  const texts = await textsIn(language)
  const staff = await listStaff(tx)
  const { timeZone } = settings
  const minutes = totalMinutes(hold.lines)
  const endsAt = hold.startsAt + minutes * MINUTE_MS
  const html = texts.html('waitlist-offer', {
    service: serviceName(hold),
    when: whenWords(hold.startsAt, endsAt, { language, timeZone, now }),
    details: detailLines(texts, settings, {
      staffName: staff.length > 1 ? staff.find(({ id }) => id === hold.staffId)?.name : undefined,
      ...totalPrice(hold.lines),
      currency: hold.lines[0]?.currency ?? '',
    }),
    until: localTime(hold.expiresAt, timeZone),
  })
  const keyboard = inline(
    [button(texts.plain('button-confirm'), { to: 'wait-take', holdId: hold.id })],
    [button(texts.plain('waitlist-decline'), { to: 'wait-decline', holdId: hold.id })],
    [button(texts.plain('waitlist-leave'), { to: 'wait-leave', waitingId })],
  )
  return { key: offerKey(hold.id), chatId, message: { kind: 'waitlist-offer', html, keyboard } }
}
