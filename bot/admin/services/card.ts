import { Composer } from 'grammy'
import { onButton, showEnd } from '../../dialogue/screen.ts'
import { priceWords } from '../../dialogue/words.ts'
import { moveWithinCategory } from '../../domain/order.ts'
import { escapeHtml, type Html } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { staffOffering } from '../../storage/catalogue.ts'
import {
  listOwnServices,
  lockOrder,
  type OwnService,
  setServiceState,
  writeOrder,
} from '../../storage/services.ts'
import { listOwnStaff } from '../../storage/staff-offers.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { findOwnService } from './found.ts'

/** Who may edit services: one service, all that can be changed of it, its place, whether customers see it. */
export function serviceCardScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'own-service', async (ctx, { serviceId }) => {
    const service = await findOwnService(ctx, serviceId)
    if (!service.ok) return service.say
    await showServiceCard(ctx, service.found)
    return undefined
  })
  onButton(screen, 'service-state', async (ctx, { serviceId, state }) => {
    const { tx, texts, now } = ctx.turn
    const service = await findOwnService(ctx, serviceId)
    if (!service.ok) return service.say
    const isActive = state === 'shown'
    if (service.found.isActive !== isActive) {
      await setServiceState(tx, serviceId, state, now)
      await audit(ctx, isActive ? 'service.show' : 'service.hide', `service:${serviceId}`, {
        after: { name: service.found.name },
      })
    }
    await showServiceCard(ctx, { ...service.found, isActive })
    return texts.plain(isActive ? 'services-shown' : 'services-hidden')
  })
  onButton(screen, 'service-move', async (ctx, { serviceId, direction }) => {
    const { tx, texts, client } = ctx.turn
    await lockOrder(tx, client.clientId)
    const service = await findOwnService(ctx, serviceId)
    if (!service.ok) return service.say
    const before = await listOwnServices(tx, 'kept')
    const order = moveWithinCategory(before, serviceId, direction)
    const places = await placeOf(ctx, serviceId)
    await writeOrder(tx, order)
    const place = await placeOf(ctx, serviceId)
    if (place.at !== places.at)
      await audit(ctx, 'service.move', `service:${serviceId}`, {
        before: { place: places.at },
        after: { place: place.at },
      })
    await showServiceCard(ctx, service.found)
    return texts.plain('services-place', place)
  })
  return screen
}

/** The card as it is now; `note` says in one sentence what has just happened. */
export async function showServiceCard(ctx: BotContext, service: OwnService, note?: string): Promise<void> {
  const { texts } = ctx.turn
  const { id: serviceId } = service
  const html = texts.html('services-card', {
    note: { html: note === undefined ? '' : `${note}\n\n` },
    name: service.name,
    description: {
      html: service.description === '' ? '' : `\n${escapeHtml(service.description).html}`,
    },
    facts: await factLines(ctx, service),
    hidden: { html: service.isActive ? '' : `\n\n${texts.html('services-is-hidden')}` },
  })
  const field = (name: (Button & { to: 'service-field' })['field']) =>
    button(texts.plain(`services-edit-${name}`), { to: 'service-field', serviceId, field: name })
  const move = (direction: 'up' | 'down') =>
    button(texts.plain(`services-move-${direction}`), { to: 'service-move', serviceId, direction })
  showEnd(ctx, {
    kind: 'screen',
    html,
    keyboard: inline(
      [field('name'), field('description')],
      [field('minutes'), field('price')],
      [field('before'), field('after')],
      [
        field('step'),
        button(texts.plain('services-edit-category'), { to: 'service-category', serviceId, page: 0 }),
      ],
      [
        button(texts.plain('services-edit-staff'), { to: 'service-staff', serviceId, page: 0 }),
        button(texts.plain('services-link'), {
          to: 'link',
          target: { kind: 'service', id: serviceId },
          page: null,
        }),
      ],
      [move('up'), move('down')],
      [
        button(texts.plain(service.isActive ? 'services-hide' : 'services-show'), {
          to: 'service-state',
          serviceId,
          state: service.isActive ? 'hidden' : 'shown',
        }),
        button(texts.plain('services-delete'), { to: 'service-delete-ask', serviceId }),
      ],
      [button(texts.plain('services-back'), { to: 'own-services', page: 0 })],
    ),
  })
}

async function factLines(ctx: BotContext, service: OwnService): Promise<Html> {
  const { texts } = ctx.turn
  const { bufferBeforeMinutes: before, bufferAfterMinutes: after } = service
  const lines = [
    ...(service.category ? [texts.html('services-line-category', { category: service.category })] : []),
    texts.html('services-line-minutes', { minutes: service.minutes }),
    texts.html('services-line-price', {
      price: priceWords(texts, service) ?? texts.plain('services-no-price'),
    }),
    ...(before > 0 ? [texts.html('services-line-before', { minutes: before })] : []),
    ...(after > 0 ? [texts.html('services-line-after', { minutes: after })] : []),
    ...(service.stepMinutes === null
      ? []
      : [texts.html('services-line-step', { minutes: service.stepMinutes })]),
    await staffLine(ctx, service.id),
  ]
  return { html: lines.join('\n') }
}

async function staffLine(ctx: BotContext, serviceId: number): Promise<string> {
  const { tx, texts } = ctx.turn
  const staff = (await listOwnStaff(tx)).filter(({ isActive }) => isActive)
  const offering = staffOffering(staff, serviceId)
  if (offering.length === 0) return texts.html('services-line-nobody')
  if (offering.length === staff.length && staff.length > 1) return texts.html('services-line-everybody')
  return texts.html('services-line-staff', { names: offering.map(({ name }) => name).join(', ') })
}

/** Where a service stands in its category. */
async function placeOf(ctx: BotContext, serviceId: number): Promise<{ at: number; count: number }> {
  const services = await listOwnServices(ctx.turn.tx, 'kept')
  const own = services.find(({ id }) => id === serviceId)?.category
  const neighbours = services.filter(({ category }) => category === own)
  return { at: neighbours.findIndex(({ id }) => id === serviceId) + 1, count: neighbours.length }
}
