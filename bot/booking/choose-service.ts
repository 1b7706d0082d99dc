import { Composer } from 'grammy'
import { onButton, showStep } from '../dialogue/screen.ts'
import { serviceName } from '../dialogue/words.ts'
import { shorten } from '../i18n/texts.ts'
import type { BotContext } from '../runtime/turn.ts'
import { button, inline, inRows } from '../telegram/keyboards.ts'
import { openFlow, withinLimit } from './flow.ts'
import { openServiceOffer } from './offer.ts'
import { shopOf } from './shop.ts'
import { nearestScreen } from './times.ts'

const NAME_ON_BUTTON = 32
/** Telegram takes 100 buttons; a business with more members of staff for one service has "anyone" for the rest. */
const STAFF_ON_SCREEN = 90

/** Any customer: a service has been chosen; from whom, where there is a choice. */
export function chooseServiceScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'service', (ctx, { serviceId }) => showStaffOrTimes(ctx, serviceId))
  return screen
}

/** Who gives the service, or the next free times where only one does. What it gives back is for the toast. */
export async function showStaffOrTimes(ctx: BotContext, serviceId: number): Promise<string | undefined> {
  const { turn } = ctx
  const { texts } = turn
  const offer = await openServiceOffer(turn.tx, shopOf(turn), [serviceId], null)
  if (!offer || offer.candidates.length === 1) {
    const open = await openFlow(ctx, { kind: 'book', serviceId, staffId: null })
    if (open.kind === 'refused') return open.say
    showStep(ctx, 'nearest', await nearestScreen(ctx, open))
    return undefined
  }
  if (!(await withinLimit(ctx))) return undefined
  const choice = (label: string, staffId: number | null) =>
    button(label, { to: 'nearest', flow: { kind: 'book', serviceId, staffId } })
  const members = offer.candidates
    .slice(0, STAFF_ON_SCREEN)
    .map(({ member }) => choice(shorten(member.name, NAME_ON_BUTTON), member.id))
  showStep(ctx, 'staff', {
    kind: 'screen',
    html: texts.html('choose-staff', { service: serviceName({ lines: offer.services }) }),
    keyboard: inline([choice(texts.plain('anyone'), null)], ...inRows(members, 2), [
      button(texts.plain('button-services'), { to: 'services', page: 0 }),
      button(texts.plain('button-cancel'), { to: 'stop' }),
    ]),
  })
  return undefined
}
