import { Composer } from 'grammy'
import { menuWords } from '../dialogue/menu.ts'
import { onButton, showEnd, showStep } from '../dialogue/screen.ts'
import { factsOf } from '../dialogue/words.ts'
import { shorten } from '../i18n/texts.ts'
import type { BotContext } from '../runtime/turn.ts'
import { listServices } from '../storage/catalogue.ts'
import { button, inline, inRows } from '../telegram/keyboards.ts'
import { openFlow, withinLimit } from './flow.ts'
import { openServiceOffer } from './offer.ts'
import { nothingToBook } from './refusals.ts'
import { shopOf } from './shop.ts'
import { nearestScreen } from './times.ts'

const SERVICES_ON_PAGE = 20
const NAME_ON_BUTTON = 32
/** Telegram takes 100 buttons; a business with more members of staff for one service has "anyone" for the rest. */
const STAFF_ON_SCREEN = 90

/** Any customer: what is wanted, and from whom. */
export function chooseServiceScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  screen.command('book', (ctx) => showServices(ctx, 0))
  screen.hears(menuWords('menu-book'), (ctx) => showServices(ctx, 0))
  onButton(screen, 'services', async (ctx, { page }) => {
    await showServices(ctx, page)
    return undefined
  })
  onButton(screen, 'service', (ctx, { serviceId }) => showStaffOrTimes(ctx, serviceId))
  return screen
}

async function showServices(ctx: BotContext, page: number): Promise<void> {
  const { turn } = ctx
  if (!(await withinLimit(ctx))) return
  const services = await listServices(turn.tx)
  if (services.length === 0) return showEnd(ctx, nothingToBook(ctx))
  const pages = Math.ceil(services.length / SERVICES_ON_PAGE)
  const current = Math.min(page, pages - 1)
  const turnPage = [
    ...(current > 0 ? [button('‹', { to: 'services', page: current - 1 })] : []),
    ...(current < pages - 1 ? [button('›', { to: 'services', page: current + 1 })] : []),
  ]
  const rows = services.slice(current * SERVICES_ON_PAGE, (current + 1) * SERVICES_ON_PAGE).map((service) => [
    button(`${shorten(service.name, NAME_ON_BUTTON)} · ${factsOf(turn.texts, service)}`, {
      to: 'service',
      serviceId: service.id,
    }),
  ])
  showStep(ctx, 'services', {
    kind: 'screen',
    html: turn.texts.html('choose-service'),
    keyboard: inline(...rows, turnPage, [button(turn.texts.plain('button-cancel'), { to: 'stop' })]),
  })
}

async function showStaffOrTimes(ctx: BotContext, serviceId: number): Promise<string | undefined> {
  const { turn } = ctx
  const { texts } = turn
  const offer = await openServiceOffer(turn.tx, shopOf(turn), serviceId, null)
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
    html: texts.html('choose-staff', { service: offer.service.name }),
    keyboard: inline([choice(texts.plain('anyone'), null)], ...inRows(members, 2), [
      button(texts.plain('button-services'), { to: 'services', page: 0 }),
      button(texts.plain('button-cancel'), { to: 'stop' }),
    ]),
  })
  return undefined
}
