import { groupByCategory } from '../../domain/order.ts'
import type { TextKey } from '../../i18n/keys.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { listOwnServices, lockService, type OwnService } from '../../storage/services.ts'
import { lockStaffMember, type OwnStaffMember } from '../../storage/staff-offers.ts'
import { categoryKey } from '../../telegram/category-key.ts'
import { showServiceList } from './list.ts'

/** What was found; or a fresh list has been shown, and `say` is for the toast. */
export type Found<T> = { ok: true; found: T } | { ok: false; say: string }

/** The service of a button, held until the end of the update. Another admin may have deleted it meanwhile. */
export async function findOwnService(ctx: BotContext, serviceId: number): Promise<Found<OwnService>> {
  const service = await lockService(ctx.turn.tx, serviceId)
  if (service && !service.isDeleted) return { ok: true, found: service }
  return missing(ctx, service ? 'services-deleted-meanwhile' : 'services-gone')
}

/** The service and the member of staff of a button. */
export async function findOwnPair(
  ctx: BotContext,
  { serviceId, staffId }: { serviceId: number; staffId: number },
): Promise<Found<{ service: OwnService; member: OwnStaffMember }>> {
  const service = await findOwnService(ctx, serviceId)
  if (!service.ok) return service
  const member = await lockStaffMember(ctx.turn.tx, staffId)
  if (member) return { ok: true, found: { service: service.found, member } }
  return missing(ctx, 'services-member-gone')
}

/** A typed answer has no toast: there the list begins with what is to be said. */
async function missing(ctx: BotContext, key: TextKey): Promise<{ ok: false; say: string }> {
  const { texts } = ctx.turn
  await showServiceList(ctx, 0, ctx.callbackQuery ? undefined : texts.html(key))
  return { ok: false, say: texts.plain(key) }
}

/** Categories in their order with their services; '' is not among them. */
export async function listCategories(ctx: BotContext): Promise<[name: string, members: OwnService[]][]> {
  const services = await listOwnServices(ctx.turn.tx, 'kept')
  return groupByCategory(services).filter(([name]) => name !== '')
}

export async function findCategory(
  ctx: BotContext,
  key: string,
): Promise<[name: string, members: OwnService[]] | undefined> {
  return (await listCategories(ctx)).find(([name]) => categoryKey(name) === key)
}

/** The category that a typed name means: nobody wants two that differ in capitals only. */
export async function findTypedCategory(ctx: BotContext, typed: string): Promise<string | undefined> {
  const names = (await listCategories(ctx)).map(([name]) => name)
  return (
    names.find((name) => name === typed) ?? names.find((name) => name.toLowerCase() === typed.toLowerCase())
  )
}
