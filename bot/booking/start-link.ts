import type { BotContext } from '../runtime/turn.ts'
import { findService, listServices, listStaff, staffOffering } from '../storage/catalogue.ts'
import { parseStart } from '../telegram/start-link.ts'
import { showStaffOrTimes } from './choose-service.ts'
import { servicesOf } from './offer.ts'
import { showMember } from './service-lists.ts'

/** What a link of the business leads to: `open` shows it. `gone`: it was printed long ago. Undefined: no such link. */
export async function findStartTarget(
  ctx: BotContext,
  payload: string,
): Promise<{ open: () => Promise<unknown> } | 'gone' | undefined> {
  const { tx } = ctx.turn
  const target = parseStart(payload)
  if (!target) return undefined
  const staff = await listStaff(tx)
  if (target.kind === 'service') {
    const service = await findService(tx, target.id)
    if (!service || staffOffering(staff, service.id).length === 0) return 'gone'
    return { open: () => showStaffOrTimes(ctx, [service.id]) }
  }
  const member = staff.find(({ id }) => id === target.id)
  if (!member || servicesOf(member, await listServices(tx)).length === 0) return 'gone'
  return { open: () => showMember(ctx, member, 0) }
}
