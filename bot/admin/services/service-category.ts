import { Composer } from 'grammy'
import { ask, onAnswer } from '../../dialogue/input.ts'
import { pageOf } from '../../dialogue/pages.ts'
import { onButton } from '../../dialogue/screen.ts'
import { CATEGORY_MAX, parseLine } from '../../domain/service-input.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { type OwnService, updateService } from '../../storage/services.ts'
import { categoryKey } from '../../telegram/category-key.ts'
import { button, inRows } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { showServiceCard } from './card.ts'
import { findCategory, findOwnService, findTypedCategory, listCategories } from './found.ts'

const NONE = categoryKey('')

/** Who may edit services: the category of one service: one there is, a new one by its name, or none. */
export function serviceCategoryScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'service-category', async (ctx, { serviceId, page }) => {
    const service = await findOwnService(ctx, serviceId)
    if (!service.ok) return service.say
    await askCategory(ctx, service.found, page)
    return undefined
  })
  onAnswer(screen, 'service-category', async (ctx, { serviceId }, text) => {
    const { texts } = ctx.turn
    const typed = parseLine(text, CATEGORY_MAX)
    if (typed === undefined) return texts.html('services-wrong-category')
    const category = (await findTypedCategory(ctx, typed)) ?? typed
    const service = await findOwnService(ctx, serviceId)
    if (service.ok) await setCategory(ctx, service.found, category, texts.html('services-saved'))
    return undefined
  })
  onButton(screen, 'service-category-set', async (ctx, { serviceId, category: key }) => {
    const { texts } = ctx.turn
    const service = await findOwnService(ctx, serviceId)
    if (!service.ok) return service.say
    const category = key === NONE ? '' : (await findCategory(ctx, key))?.[0]
    if (category === undefined) {
      await askCategory(ctx, service.found, 0)
      return texts.plain('services-category-gone')
    }
    await setCategory(ctx, service.found, category)
    return texts.plain('services-saved')
  })
  return screen
}

async function askCategory(ctx: BotContext, service: OwnService, page: number): Promise<void> {
  const { texts } = ctx.turn
  const { id: serviceId, name } = service
  const { items, arrows } = pageOf(await listCategories(ctx), {
    page,
    turnTo: (to) => ({ to: 'service-category', serviceId, page: to }),
  })
  const choice = (label: string, key: string) =>
    button(label, { to: 'service-category-set', serviceId, category: key })
  ask(ctx, {
    about: { to: 'service-category', serviceId, page: 0 },
    html: texts.html('services-ask-category', { name }),
    back: { to: 'own-service', serviceId },
    choices: [
      ...inRows(
        items.map(([category]) => choice(category, categoryKey(category))),
        2,
      ),
      arrows,
      ...(service.category === '' ? [] : [[choice(texts.plain('services-none-category'), NONE)]]),
    ],
  })
}

async function setCategory(
  ctx: BotContext,
  service: OwnService,
  category: string,
  note?: string,
): Promise<void> {
  if (service.category !== category) {
    await updateService(ctx.turn.tx, service.id, { category }, ctx.turn.now)
    await audit(ctx, 'service.edit', `service:${service.id}`, {
      before: { category: service.category },
      after: { category },
    })
  }
  await showServiceCard(ctx, { ...service, category }, note)
}
