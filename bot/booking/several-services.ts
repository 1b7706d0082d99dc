import { Composer } from 'grammy'
import { pageOf } from '../dialogue/pages.ts'
import { onButton, showStep } from '../dialogue/screen.ts'
import { factsOf, serviceLabel } from '../dialogue/words.ts'
import { totalPrice } from '../domain/money.ts'
import { escapeHtml, shorten } from '../i18n/texts.ts'
import type { BotContext } from '../runtime/turn.ts'
import { type BookFlow, bookFlow, SERVICES_IN_VISIT, wantedServices } from '../telegram/button-fields.ts'
import { button, inline } from '../telegram/keyboards.ts'
import { listAddable } from './addable.ts'
import { showStaffOrTimes } from './choose-service.ts'
import { openFlow } from './flow.ts'
import { soldOf } from './judge.ts'
import { nearestScreen } from './times.ts'

const NAME_ON_BUTTON = 32

/** Any customer: several services in one visit, one after another with the same member of staff. */
export function severalServicesScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'more-services', async (ctx, { flow, page }) =>
    flow.kind === 'book' ? showVisit(ctx, flow, page) : undefined,
  )
  onButton(screen, 'visit-services', async (ctx, { flow }) => {
    if (flow.kind === 'book' && flow.staffId === null) return showStaffOrTimes(ctx, wantedServices(flow))
    const open = await openFlow(ctx, flow)
    if (open.kind === 'refused') return open.say
    showStep(ctx, 'nearest', await nearestScreen(ctx, open))
    return undefined
  })
  return screen
}

/** What the visit holds so far, each to be taken away, and what can be added. */
async function showVisit(ctx: BotContext, flow: BookFlow, wantedPage: number): Promise<string | undefined> {
  const { texts } = ctx.turn
  const open = await openFlow(ctx, flow)
  if (open.kind !== 'book') return open.kind === 'refused' ? open.say : undefined
  const [first] = open.offer.candidates
  if (!first) return undefined
  const wanted = wantedServices(flow)
  const { items, arrows } = pageOf(await listAddable(ctx, flow), {
    page: wantedPage,
    turnTo: (page) => ({ to: 'more-services', flow, page }),
  })
  const isFull = wanted.length >= SERVICES_IN_VISIT
  const lines = first.lines.map((line) => `• ${escapeHtml(line.name).html} · ${factsOf(texts, line)}`)
  const { priceFrom } = totalPrice(first.lines)
  showStep(ctx, 'more-services', {
    kind: 'screen',
    html: texts.html(isFull ? 'several-full' : 'several-add', {
      lines: { html: lines.join('\n') },
      total: factsOf(texts, { minutes: first.terms.minutes, ...soldOf(first), priceFrom }),
      limit: SERVICES_IN_VISIT,
    }),
    keyboard: inline(
      ...items.map((service) => [
        button(`➕ ${serviceLabel(texts, service)}`, {
          to: 'visit-services',
          flow: bookFlow([...wanted, service.id], flow.staffId),
        }),
      ]),
      arrows,
      ...(wanted.length === 1 ? [] : open.services).map((service) => [
        button(`➖ ${shorten(service.name, NAME_ON_BUTTON)}`, {
          to: 'visit-services',
          flow: bookFlow(
            wanted.filter((id) => id !== service.id),
            flow.staffId,
          ),
        }),
      ]),
      [
        button(texts.plain('button-back'), { to: 'visit-services', flow }),
        button(texts.plain('button-cancel'), { to: 'stop' }),
      ],
    ),
  })
  return undefined
}
