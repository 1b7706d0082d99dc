import { Composer } from 'grammy'
import { pageOf } from '../../dialogue/pages.ts'
import { onButton, showEnd } from '../../dialogue/screen.ts'
import { serviceLabel } from '../../dialogue/words.ts'
import { groupByCategory } from '../../domain/order.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { listOwnServices } from '../../storage/services.ts'
import { button, inline } from '../../telegram/keyboards.ts'

/** Who may edit services: all of them, as customers see their order, and what concerns more than one. */
export function serviceListScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'own-services', async (ctx, { page }) => {
    await showServiceList(ctx, page)
    return undefined
  })
  return screen
}

/** `note`: what has just happened, where no tap can be answered with a toast. */
export async function showServiceList(ctx: BotContext, page: number, note?: string): Promise<void> {
  const { tx, texts } = ctx.turn
  const services = groupByCategory(await listOwnServices(tx, 'kept')).flatMap(([, members]) => members)
  const deleted = await listOwnServices(tx, 'deleted')
  const { items, arrows } = pageOf(services, {
    page,
    turnTo: (to) => ({ to: 'own-services', page: to }),
  })
  const rows = items.map((service) => {
    const label = serviceLabel(texts, service)
    return [button(service.isActive ? label : `🙈 ${label}`, { to: 'own-service', serviceId: service.id })]
  })
  showEnd(ctx, {
    kind: 'screen',
    html: `${note === undefined ? '' : `${note}\n\n`}${texts.html(services.length > 0 ? 'services-list' : 'services-none')}`,
    keyboard: inline(
      ...rows,
      arrows,
      [button(texts.plain('services-add'), { to: 'service-add' })],
      [
        button(texts.plain('services-categories'), { to: 'categories', page: 0 }),
        button(texts.plain('services-links'), { to: 'links', page: 0 }),
      ],
      deleted.length > 0
        ? [
            button(texts.plain('services-deleted', { count: deleted.length }), {
              to: 'deleted-services',
              page: 0,
            }),
          ]
        : [],
      [button(texts.plain('button-back'), { to: 'panel' })],
    ),
  })
}
