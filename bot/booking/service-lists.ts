import { Composer } from 'grammy'
import { menuWords } from '../dialogue/menu.ts'
import { pageOf } from '../dialogue/pages.ts'
import { onButton, showEnd, showStep } from '../dialogue/screen.ts'
import { serviceLabel } from '../dialogue/words.ts'
import { isOffered } from '../domain/offers.ts'
import { groupByCategory } from '../domain/order.ts'
import { shorten } from '../i18n/texts.ts'
import type { BotContext } from '../runtime/turn.ts'
import { listServices, listStaff, type Service, type StaffMember } from '../storage/catalogue.ts'
import type { Button } from '../telegram/callback-data.ts'
import { categoryKey } from '../telegram/category-key.ts'
import { button, inline } from '../telegram/keyboards.ts'
import { withinLimit } from './flow.ts'
import { servicesOf } from './offer.ts'
import { nothingToBook } from './refusals.ts'

const ON_PAGE = 20
const NAME_ON_BUTTON = 32

/** Any customer: what can be booked, by categories where there are any, or from one member of staff. */
export function serviceListsScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  screen.command('book', (ctx) => showServices(ctx, 0))
  screen.hears(menuWords('menu-book'), (ctx) => showServices(ctx, 0))
  onButton(screen, 'services', async (ctx, { page }) => {
    await showServices(ctx, page)
    return undefined
  })
  onButton(screen, 'category', async (ctx, { category, page }) => {
    await showCategory(ctx, category, page)
    return undefined
  })
  onButton(screen, 'member', async (ctx, { staffId, page }) => {
    const member = (await listStaff(ctx.turn.tx)).find((one) => one.id === staffId)
    if (!member || !(await showMember(ctx, member, page))) await showServices(ctx, 0)
    return undefined
  })
  return screen
}

/** The first screen of booking: categories, or the services themselves where a choice of categories would be none. */
async function showServices(ctx: BotContext, page: number): Promise<void> {
  const { turn } = ctx
  if (!(await withinLimit(ctx))) return
  const services = await listOffered(ctx)
  if (services.length === 0) return showEnd(ctx, nothingToBook(ctx))
  const groups = groupByCategory(services)
  if (groups.length === 1)
    return showList(ctx, { services, page, turnTo: (to) => ({ to: 'services', page: to }) })
  const { items, arrows } = pageOf(groups, {
    page,
    size: ON_PAGE,
    turnTo: (to) => ({ to: 'services', page: to }),
  })
  const rows = items.map(([name]) => [
    button(shorten(name || turn.texts.plain('category-other'), NAME_ON_BUTTON), {
      to: 'category',
      category: categoryKey(name),
      page: 0,
    }),
  ])
  showStep(ctx, 'services', {
    kind: 'screen',
    html: turn.texts.html('choose-service'),
    keyboard: inline(...rows, arrows, [stopButton(ctx)]),
  })
}

/** A category that was renamed or emptied meanwhile is answered with the first screen. */
async function showCategory(ctx: BotContext, key: string, page: number): Promise<void> {
  if (!(await withinLimit(ctx))) return
  const groups = groupByCategory(await listOffered(ctx))
  const group = groups.find(([name]) => categoryKey(name) === key)
  if (!group) return showServices(ctx, 0)
  const [name, services] = group
  showList(ctx, {
    services,
    page,
    title: name || ctx.turn.texts.plain('category-other'),
    turnTo: (to) => ({ to: 'category', category: key, page: to }),
  })
}

/** What one member of staff gives, on own terms; the times that follow are this member's. False: nothing at the moment. */
export async function showMember(ctx: BotContext, member: StaffMember, page: number): Promise<boolean> {
  const { tx, texts } = ctx.turn
  const services = servicesOf(member, await listServices(tx))
  if (services.length === 0) return false
  if (!(await withinLimit(ctx))) return true
  showList(ctx, {
    services,
    page,
    title: texts.plain('with-member', { name: member.name }),
    turnTo: (to) => ({ to: 'member', staffId: member.id, page: to }),
    staffId: member.id,
  })
  return true
}

/** What somebody gives: a service that nobody gives cannot be booked. */
async function listOffered({ turn: { tx } }: BotContext): Promise<Service[]> {
  const staff = await listStaff(tx)
  const services = await listServices(tx)
  return services.filter(({ id }) => staff.some(({ offers }) => isOffered(offers, id)))
}

interface ServiceList {
  services: readonly Service[]
  page: number
  title?: string
  turnTo: (page: number) => Button
  /** The one from whom it is wanted. */
  staffId?: number
}

function showList(ctx: BotContext, { services, page, title, turnTo, staffId }: ServiceList): void {
  const { texts } = ctx.turn
  const { items, arrows } = pageOf(services, { page, size: ON_PAGE, turnTo })
  const rows = items.map((service) => [
    button(
      serviceLabel(texts, service),
      staffId === undefined
        ? { to: 'service', serviceId: service.id }
        : { to: 'nearest', flow: { kind: 'book', serviceId: service.id, staffId } },
    ),
  ])
  const back =
    title === undefined ? [] : [button(texts.plain('button-services'), { to: 'services', page: 0 })]
  showStep(ctx, 'services', {
    kind: 'screen',
    html: title === undefined ? texts.html('choose-service') : texts.html('choose-service-of', { title }),
    keyboard: inline(...rows, arrows, [...back, stopButton(ctx)]),
  })
}

function stopButton(ctx: BotContext) {
  return button(ctx.turn.texts.plain('button-cancel'), { to: 'stop' })
}
