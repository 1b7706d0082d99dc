import type { ClientSettings, WorkHours } from '../contract/settings.ts'
import {
  type BookingRules,
  bookingWindow,
  type ServiceTerms,
  type SlotQuery,
} from '../domain/availability.ts'
import { isOffered } from '../domain/offers.ts'
import type { CustomerPolicy } from '../domain/policy.ts'
import { type Interval, MINUTE_MS } from '../domain/time.ts'
import type { Booking } from '../storage/booking-lookup.ts'
import type { Sold } from '../storage/booking-rows.ts'
import {
  findServices,
  listStaff,
  type Service,
  type StaffMember,
  staffOffering,
} from '../storage/catalogue.ts'
import type { Tx } from '../storage/database.ts'
import { readBusy, readWorkingHours } from '../storage/schedule.ts'
import { candidateFor } from './visit-offer.ts'

/** What the rules of booking need to know of a client. Nothing of Telegram: a benchmark or an admin may book too. */
export interface Shop {
  clientId: string
  settings: ClientSettings
  /** Stand-in for a schedule without weekly hours. */
  workHours: WorkHours
  now: number
  /** Set where an admin books: no limit, no lead time, no deadline, and what is named here of hours and grid. */
  admin?: Pick<BookingRules, 'starts'>
}

/** An admin plans ahead as far as a calendar reaches. */
const ADMIN_HORIZON_DAYS = 366

/** Somebody who can give what is wanted, on own terms. */
export interface Candidate extends Sold {
  member: StaffMember
  terms: ServiceTerms
}

export interface Offer {
  candidates: Candidate[]
  /** The booking that is being moved does not stand in its own way. */
  exceptBookingId?: number
  /** Who asks: what they hold themselves is free for them. */
  customerId?: number
  /** As if nobody had booked anything: what the business itself has open. */
  exceptBookings?: boolean
}

export interface ServiceOffer extends Offer {
  /** In the order of the visit. */
  services: [Service, ...Service[]]
}

const DAY_MS = 24 * 60 * MINUTE_MS

export function policyOf(settings: ClientSettings): CustomerPolicy {
  return {
    maxUpcomingBookings: settings.maxBookingsPerUser,
    cancellationHours: settings.cancellationHours,
    rescheduleHours: settings.rescheduleHours ?? settings.cancellationHours,
    graceMinutes: settings.graceMinutes,
  }
}

/** How early and how far ahead whoever books here may book. */
export function rulesOf({ settings, admin }: Shop): BookingRules {
  if (admin) return { leadMinutes: 0, horizonDays: ADMIN_HORIZON_DAYS, ...admin }
  return { leadMinutes: settings.leadMinutes, horizonDays: settings.horizonDays }
}

/**
 * What is wanted in one visit, and who gives all of it (`staffId` null: anyone); undefined when it is not on offer any
 * more.
 */
export async function openServiceOffer(
  tx: Tx,
  { settings }: Shop,
  serviceIds: readonly number[],
  staffId: number | null,
): Promise<ServiceOffer | undefined> {
  const services = await findServices(tx, serviceIds)
  const [first, ...others] = services
  if (!first || services.length < serviceIds.length) return undefined
  const candidates = staffOffering(await listStaff(tx), ...serviceIds)
    .filter((member) => staffId === null || member.id === staffId)
    .map((member) => candidateFor([first, ...others], member, settings.slotStepMinutes))
  return candidates.length > 0 ? { services: [first, ...others], candidates } : undefined
}

/**
 * Other times for a booking, as sold: its own length, buffers and price. It stays with its member of staff; only when
 * that one has left, anyone who gives all of it may take it over.
 */
export async function openMoveOffer(tx: Tx, { settings }: Shop, booking: Booking): Promise<Offer> {
  const staff = await listStaff(tx)
  const serviceIds = booking.lines.map(({ serviceId }) => serviceId)
  const [service] = await findServices(tx, serviceIds.slice(0, 1))
  const own = staff.filter((member) => member.id === booking.staffId)
  const members = own.length > 0 ? own : staffOffering(staff, ...serviceIds)
  const { lines, priceMinor, currency } = booking
  const terms: ServiceTerms = {
    minutes: Math.round((booking.endsAt - booking.startsAt) / MINUTE_MS),
    stepMinutes: service?.stepMinutes ?? settings.slotStepMinutes,
    bufferBeforeMinutes: booking.bufferBeforeMinutes,
    bufferAfterMinutes: booking.bufferAfterMinutes,
  }
  return {
    candidates: members.map((member) => ({ member, terms, lines, priceMinor, currency })),
    exceptBookingId: booking.id,
  }
}

/** What a member of staff gives, with own minutes and price. */
export function servicesOf(member: StaffMember, services: readonly Service[]): Service[] {
  return services
    .filter(({ id }) => isOffered(member.offers, id))
    .map((service) => ({ ...service, ...member.offers?.[String(service.id)] }))
}

/** Everything that may be booked at all. */
export function wholeWindow(shop: Shop): Interval {
  const { earliest, latest } = bookingWindow({
    now: shop.now,
    rules: rulesOf(shop),
    timeZone: shop.settings.timeZone,
  })
  return { start: earliest, end: latest }
}

/** The facts for judging starts within `span`: working hours, and what is taken there and a day around it. */
export async function readQuery(tx: Tx, shop: Shop, offer: Offer, span: Interval): Promise<SlotQuery> {
  const staffIds = offer.candidates.map(({ member }) => member.id)
  const around = { start: span.start - 2 * DAY_MS, end: Math.max(span.start, span.end) + 2 * DAY_MS }
  const rows = await readWorkingHours(tx, shop.workHours)
  const busy = await readBusy(tx, staffIds, around, shop.now, {
    bookingId: offer.exceptBookingId,
    holdsOf: offer.customerId,
    bookings: offer.exceptBookings,
  })
  return {
    timeZone: shop.settings.timeZone,
    rules: rulesOf(shop),
    now: shop.now,
    offerings: offer.candidates.map(({ member, terms }) => ({
      staffId: member.id,
      rows,
      busy: busy.get(member.id) ?? [],
      terms,
    })),
  }
}
