import type { BotContext } from '../runtime/turn.ts'
import { listServices, listStaff, type Service, staffOffering } from '../storage/catalogue.ts'
import { type BookFlow, type Flow, SERVICES_IN_VISIT, wantedServices } from '../telegram/button-fields.ts'
import { button, type InlineButton } from '../telegram/keyboards.ts'
import { servicesOf } from './offer.ts'

/** The way to more services, where there is anything to add or to take away. */
export async function severalRow(ctx: BotContext, flow: Flow): Promise<InlineButton[]> {
  if (flow.kind !== 'book') return []
  const isOne = wantedServices(flow).length === 1
  if (isOne && (await listAddable(ctx, flow)).length === 0) return []
  const label = ctx.turn.texts.plain(isOne ? 'several-more' : 'several-change')
  return [button(label, { to: 'more-services', flow, page: 0 })]
}

/** What the same visit may hold besides: what somebody gives who gives all that is chosen already. */
export async function listAddable({ turn: { tx } }: BotContext, flow: BookFlow): Promise<Service[]> {
  const wanted = wantedServices(flow)
  if (wanted.length >= SERVICES_IN_VISIT) return []
  const staff = staffOffering(await listStaff(tx), ...wanted)
  const members = staff.filter(({ id }) => flow.staffId === null || id === flow.staffId)
  const others = (await listServices(tx)).filter(({ id }) => !wanted.includes(id))
  const [member] = members
  // From one person, with that one's own minutes and price.
  if (member && members.length === 1) return servicesOf(member, others)
  return others.filter(({ id }) => staffOffering(members, id).length > 0)
}
