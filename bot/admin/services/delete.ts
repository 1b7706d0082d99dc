import { Composer } from 'grammy'
import { pageOf } from '../../dialogue/pages.ts'
import { onButton, showEnd } from '../../dialogue/screen.ts'
import { shorten } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { countUpcomingOf, listOwnServices, lockService, setServiceState } from '../../storage/services.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { showServiceCard } from './card.ts'
import { findOwnService } from './found.ts'
import { showServiceList } from './list.ts'

const NAME_ON_BUTTON = 40

/** Who may edit services: takes one away after asking, keeps it for its bookings, and brings it back. */
export function serviceDeleteScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'service-delete-ask', async (ctx, { serviceId }) => {
    const { tx, texts, now } = ctx.turn
    const service = await findOwnService(ctx, serviceId)
    if (!service.ok) return service.say
    showEnd(ctx, {
      kind: 'screen',
      html: texts.html('services-delete-ask', {
        name: service.found.name,
        count: await countUpcomingOf(tx, serviceId, now),
      }),
      keyboard: inline(
        [button(texts.plain('services-delete-yes'), { to: 'service-delete', serviceId })],
        [button(texts.plain('button-back'), { to: 'own-service', serviceId })],
      ),
    })
    return undefined
  })
  onButton(screen, 'service-delete', async (ctx, { serviceId }) => {
    const { tx, texts, now } = ctx.turn
    const service = await findOwnService(ctx, serviceId)
    if (!service.ok) return service.say
    await setServiceState(tx, serviceId, 'deleted', now)
    await audit(ctx, 'service.delete', `service:${serviceId}`, { before: service.found })
    await showServiceList(ctx, 0)
    return texts.plain('services-deleted-now')
  })
  onButton(screen, 'deleted-services', async (ctx, { page }) => {
    await showDeleted(ctx, page)
    return undefined
  })
  onButton(screen, 'service-restore', async (ctx, { serviceId }) => {
    const { tx, texts, now } = ctx.turn
    const service = await lockService(tx, serviceId)
    if (!service) {
      await showDeleted(ctx, 0)
      return texts.plain('services-gone')
    }
    if (!service.isDeleted) {
      await showServiceCard(ctx, service)
      return texts.plain('services-restored-already')
    }
    // Hidden at first: prices and hours may have changed since it was deleted.
    await setServiceState(tx, serviceId, 'hidden', now)
    await audit(ctx, 'service.restore', `service:${serviceId}`, { after: { name: service.name } })
    await showServiceCard(
      ctx,
      { ...service, isDeleted: false, isActive: false },
      texts.html('services-restored'),
    )
    return undefined
  })
  return screen
}

async function showDeleted(ctx: BotContext, page: number): Promise<void> {
  const { tx, texts } = ctx.turn
  const deleted = await listOwnServices(tx, 'deleted')
  const { items, arrows } = pageOf(deleted, {
    page,
    turnTo: (to) => ({ to: 'deleted-services', page: to }),
  })
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html(deleted.length > 0 ? 'services-deleted-list' : 'services-deleted-none'),
    keyboard: inline(
      ...items.map((service) => [
        button(`↩️ ${shorten(service.name, NAME_ON_BUTTON)}`, {
          to: 'service-restore',
          serviceId: service.id,
        }),
      ]),
      arrows,
      [button(texts.plain('services-back'), { to: 'own-services', page: 0 })],
    ),
  })
}
