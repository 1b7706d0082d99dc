import { Composer } from 'grammy'
import { pageOf } from '../../dialogue/pages.ts'
import { chatOf, onButton, showEnd } from '../../dialogue/screen.ts'
import { shorten } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { listServices, listStaff } from '../../storage/catalogue.ts'
import { listOwnServices } from '../../storage/services.ts'
import { listOwnStaff } from '../../storage/staff-offers.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { qrPng } from '../../telegram/qr-png.ts'
import { type LinkTarget, startLink } from '../../telegram/start-link.ts'
import { showServiceList } from './list.ts'

const NAME_ON_BUTTON = 40

/** Who may edit services: links that open the bot, a service or a member of staff, and their QR codes to print. */
export function linksScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'links', async (ctx, { page }) => {
    await showLinks(ctx, page)
    return undefined
  })
  onButton(screen, 'link', async (ctx, { target, page }) => {
    const { texts } = ctx.turn
    const found = await findTarget(ctx, target)
    if (!found) return gone(ctx)
    showEnd(ctx, {
      kind: 'screen',
      html: texts.html('services-link-card', {
        title: found.title,
        link: startLink(ctx.me.username, target),
        hidden: { html: found.open ? '' : `\n\n${texts.html('services-link-hidden')}` },
      }),
      keyboard: inline(
        [button(texts.plain('services-link-qr'), { to: 'link-qr', target })],
        [button(texts.plain('button-back'), backFrom(target, page))],
      ),
    })
    return undefined
  })
  onButton(screen, 'link-qr', async (ctx, { target }) => {
    const { texts, effects } = ctx.turn
    const found = await findTarget(ctx, target)
    if (!found) return gone(ctx)
    const link = startLink(ctx.me.username, target)
    effects.sendDocument(chatOf(ctx), {
      kind: 'qr-code',
      caption: texts.html('services-qr-caption', { title: found.title, link }),
      file: { name: fileName(target), content: qrPng(link) },
    })
    return texts.plain('services-qr-sent')
  })
  return screen
}

/** A link's card is reached from the list of links, or (no page) from the card of its service. */
function backFrom(target: LinkTarget, page: number | null): Button {
  return page === null && target.kind === 'service'
    ? { to: 'own-service', serviceId: target.id }
    : { to: 'links', page: page ?? 0 }
}

function fileName(target: LinkTarget): string {
  return target.kind === 'bot' ? 'qr-bot.png' : `qr-${target.kind}-${target.id}.png`
}

async function gone(ctx: BotContext): Promise<string> {
  await showServiceList(ctx, 0)
  return ctx.turn.texts.plain('services-gone')
}

/** What the link leads to, and whether customers can open it now. */
async function findTarget(
  ctx: BotContext,
  target: LinkTarget,
): Promise<{ title: string; open: boolean } | undefined> {
  const { tx, settings } = ctx.turn
  if (target.kind === 'bot') return { title: settings.title, open: true }
  const all = target.kind === 'service' ? await listOwnServices(tx, 'kept') : await listOwnStaff(tx)
  const found = all.find(({ id }) => id === target.id)
  return found && { title: found.name, open: found.isActive }
}

async function showLinks(ctx: BotContext, page: number): Promise<void> {
  const { tx, texts, settings } = ctx.turn
  const all: { label: string; target: LinkTarget }[] = [
    { label: `🤖 ${settings.title}`, target: { kind: 'bot' } },
    ...(await listServices(tx)).map(({ id, name }) => ({
      label: `🏷 ${name}`,
      target: { kind: 'service' as const, id },
    })),
    ...(await listStaff(tx)).map(({ id, name }) => ({
      label: `👤 ${name}`,
      target: { kind: 'staff' as const, id },
    })),
  ]
  const { items, arrows } = pageOf(all, { page, turnTo: (to) => ({ to: 'links', page: to }) })
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html('services-links-list'),
    keyboard: inline(
      ...items.map(({ label, target }) => [
        button(shorten(label, NAME_ON_BUTTON), { to: 'link', target, page }),
      ]),
      arrows,
      [button(texts.plain('services-back'), { to: 'own-services', page: 0 })],
    ),
  })
}
