import { Composer } from 'grammy'
import { pageOf } from '../../dialogue/pages.ts'
import { onButton, showEnd } from '../../dialogue/screen.ts'
import { factsOf } from '../../dialogue/words.ts'
import { isOffered, withService } from '../../domain/offers.ts'
import { shorten } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { staffOffering } from '../../storage/catalogue.ts'
import type { OwnService } from '../../storage/services.ts'
import { listOwnStaff, listServiceIds, writeOffers } from '../../storage/staff-offers.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { findOwnPair, findOwnService } from './found.ts'

const NAME_ON_BUTTON = 24

/** Who may edit services: which members of staff give one, with a tap each. */
export function serviceStaffScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'service-staff', async (ctx, { serviceId, page }) => {
    const service = await findOwnService(ctx, serviceId)
    if (!service.ok) return service.say
    await showServiceStaff(ctx, service.found, page)
    return undefined
  })
  onButton(screen, 'service-gives', async (ctx, { serviceId, staffId, gives, page }) => {
    const { tx } = ctx.turn
    const pair = await findOwnPair(ctx, { serviceId, staffId })
    if (!pair.ok) return pair.say
    const { service, member } = pair.found
    const offers = withService(member.offers, await listServiceIds(tx), serviceId, gives === 'y')
    if (offers !== member.offers) {
      await writeOffers(tx, staffId, offers)
      await audit(ctx, 'service.staff', `service:${serviceId}`, {
        before: { staffId, offers: member.offers },
        after: { staffId, offers },
      })
    }
    await showServiceStaff(ctx, service, page)
    return undefined
  })
  return screen
}

async function showServiceStaff(ctx: BotContext, service: OwnService, page: number): Promise<void> {
  const { tx, texts } = ctx.turn
  const { id: serviceId, name } = service
  const staff = await listOwnStaff(tx)
  const { items, arrows } = pageOf(staff, {
    page,
    turnTo: (to) => ({ to: 'service-staff', serviceId, page: to }),
  })
  const rows = items.map((member) => {
    const gives = isOffered(member.offers, serviceId)
    const label = shorten(member.name, NAME_ON_BUTTON)
    const toggle = button(`${gives ? '✅' : '▫️'} ${member.isActive ? label : `${label} 🙈`}`, {
      to: 'service-gives',
      serviceId,
      staffId: member.id,
      gives: gives ? 'n' : 'y',
      page,
    })
    if (!gives) return [toggle]
    const own = factsOf(texts, { ...service, ...member.offers?.[String(serviceId)] })
    return [toggle, button(`✏️ ${own}`, { to: 'service-terms', serviceId, staffId: member.id })]
  })
  const giving = staffOffering(
    staff.filter(({ isActive }) => isActive),
    serviceId,
  ).length
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html(giving === 0 ? 'services-staff-nobody' : 'services-staff', { name }),
    keyboard: inline(...rows, arrows, [button(texts.plain('button-back'), { to: 'own-service', serviceId })]),
  })
}
