import { Composer } from 'grammy'
import { openServiceOffer } from '../../booking/offer.ts'
import { nearestScreen } from '../../booking/times.ts'
import { pageOf } from '../../dialogue/pages.ts'
import { onButton, showStep } from '../../dialogue/screen.ts'
import { serviceName } from '../../dialogue/words.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { adminShop, openAdminFlow } from './admin-flow.ts'
import { showHandServices } from './hand-services.ts'

/** Admins who run the bookings: what a customer who calls or walks in wants, and from whom. */
export function handScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'hand-services', async (ctx, { page }) => {
    await showHandServices(ctx, page)
    return undefined
  })
  onButton(screen, 'hand-members', (ctx, { serviceId, page }) => showMembers(ctx, serviceId, page))
  return screen
}

/** Who gives it, where there is a choice; else the next free times at once. */
async function showMembers(ctx: BotContext, serviceId: number, page: number): Promise<string | undefined> {
  const { tx, texts } = ctx.turn
  const offer = await openServiceOffer(tx, adminShop(ctx), [serviceId], null)
  if (!offer || offer.candidates.length === 1) {
    const open = await openAdminFlow(ctx, { kind: 'book', serviceId, staffId: null })
    if (open.kind === 'refused') return open.say
    showStep(ctx, 'nearest', await nearestScreen(ctx, open))
    return undefined
  }
  const choice = (label: string, staffId: number | null) => [
    button(label, { to: 'admin-nearest', flow: { kind: 'book', serviceId, staffId } }),
  ]
  const shown = pageOf(offer.candidates, {
    page,
    turnTo: (there) => ({ to: 'hand-members', serviceId, page: there }),
  })
  showStep(ctx, 'staff', {
    kind: 'screen',
    html: texts.html('schedule-hand-member', { service: serviceName({ lines: offer.services }) }),
    keyboard: inline(
      choice(texts.plain('anyone'), null),
      ...shown.items.map(({ member }) => choice(member.name, member.id)),
      shown.arrows,
      [button(texts.plain('button-services'), { to: 'hand-services', page: 0 })],
    ),
  })
  return undefined
}
