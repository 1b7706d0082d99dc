import { Composer } from 'grammy'
import { customerOf, onButton, showEnd, whenOptions } from '../../dialogue/screen.ts'
import { customerLink, dateWords } from '../../dialogue/words.ts'
import { escapeHtml } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { type Admin, listAdmins } from '../../storage/admins.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { showAdmins } from './list.ts'
import { adminName, otherRole, roleName } from './words.ts'

/** Super admins: one admin, and what can be done about them. */
export function adminCardScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'admin', (ctx, { adminId }) => showAdmin(ctx, adminId))
  return screen
}

/** Shows the card, or the list where there is no such admin any more: what is given back says so. */
export async function showAdmin(ctx: BotContext, adminId: number): Promise<string | undefined> {
  const { tx, client, texts } = ctx.turn
  const admins = await listAdmins(tx, client.staticAdminIds)
  const admin = admins.find(({ telegramId }) => telegramId === adminId)
  if (!admin) {
    await showAdmins(ctx)
    return texts.plain('admins-no-gone')
  }
  const mine = adminId === customerOf(ctx).telegramId
  const role = otherRole(admin.role)
  const changes =
    mine || admin.fixed
      ? []
      : [
          [button(texts.plain(`admins-make-${role}`), { to: 'ask-role', adminId, role })],
          [button(texts.plain('admins-remove'), { to: 'ask-remove-admin', adminId })],
        ]
  showEnd(ctx, {
    kind: 'screen',
    html: [
      texts.html('admins-card', {
        name: customerLink(admin),
        role: roleName(texts, admin.role),
        id: String(adminId),
      }),
      ...historyOf(ctx, admin, admins),
      ...(admin.language === null ? [texts.html('admins-unreachable')] : []),
      ...(admin.fixed ? [texts.html('admins-fixed')] : mine ? [texts.html('admins-self')] : []),
    ].join('\n'),
    keyboard: inline(...changes, [button(texts.plain('button-back'), { to: 'admins', page: 0 })]),
  })
  return undefined
}

function historyOf(ctx: BotContext, { addedAt, addedBy }: Admin, admins: readonly Admin[]): string[] {
  if (addedAt === null) return []
  const { texts } = ctx.turn
  const date = dateWords(addedAt, whenOptions(ctx.turn))
  const by = admins.find(({ telegramId }) => telegramId === addedBy)
  const name = by ? adminName(by) : addedBy === null ? undefined : String(addedBy)
  return name === undefined
    ? [texts.html('admins-added', { date })]
    : [texts.html('admins-added-by', { date, name: escapeHtml(name) })]
}
