import { pageOf } from '../../dialogue/pages.ts'
import { showEnd } from '../../dialogue/screen.ts'
import { serviceLabel } from '../../dialogue/words.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { listServices } from '../../storage/catalogue.ts'
import { button, inline } from '../../telegram/keyboards.ts'

/**
 * The first screen of a booking by hand, and where one ends up whose service is not on offer any more. `forCustomer`: who
 * has been chosen already; the dialogue remembers it until somebody is asked for.
 */
export async function showHandServices(
  ctx: BotContext,
  page: number,
  forCustomer: unknown = ctx.turn.dialogue?.draft?.['forCustomer'],
): Promise<void> {
  const { tx, texts } = ctx.turn
  const shown = pageOf(await listServices(tx), {
    page,
    turnTo: (there) => ({ to: 'hand-services', page: there }),
  })
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html(shown.items.length === 0 ? 'schedule-hand-no-services' : 'schedule-hand-service'),
    keyboard: inline(
      ...shown.items.map((service) => [
        button(serviceLabel(texts, service), {
          to: 'hand-members',
          serviceId: service.id,
          page: 0,
        }),
      ]),
      shown.arrows,
      [button(texts.plain('schedule-day-button'), { to: 'schedule' })],
    ),
  })
  if (typeof forCustomer === 'number')
    ctx.turn.effects.dialogue({ v: 1, screen: 'hand-services', draft: { forCustomer } })
}
