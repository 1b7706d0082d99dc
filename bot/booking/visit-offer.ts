import { totalPrice } from '../domain/money.ts'
import { totalMinutes } from '../domain/visits.ts'
import { type Service, type StaffMember, termsOf } from '../storage/catalogue.ts'
import type { Candidate } from './offer.ts'

/**
 * Services that one member of staff gives in one visit, one after another: their minutes and prices added up, with the
 * break before the first and the one after the last. The visit may start where the first of them may.
 */
export function candidateFor(
  [first, ...others]: readonly [Service, ...Service[]],
  member: StaffMember,
  defaultStepMinutes: number,
): Candidate {
  const given = (service: Service) => ({ service, ...termsOf(service, member, defaultStepMinutes) })
  const opening = given(first)
  const parts = [opening, ...others.map(given)]
  const lines = parts.map(({ service: { id, name, priceFrom, currency }, terms, priceMinor }) => ({
    serviceId: id,
    name,
    minutes: terms.minutes,
    priceMinor,
    ...(priceFrom ? { priceFrom: true as const } : {}),
    currency,
  }))
  const closing = parts.at(-1) ?? opening
  return {
    member,
    terms: {
      ...opening.terms,
      minutes: totalMinutes(lines),
      bufferAfterMinutes: closing.terms.bufferAfterMinutes,
    },
    lines,
    priceMinor: totalPrice(lines).priceMinor,
    currency: first.currency,
  }
}
