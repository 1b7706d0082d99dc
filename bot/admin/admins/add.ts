import { Composer } from 'grammy'
import { ask, onAnswer } from '../../dialogue/input.ts'
import { customerOf, onButton, show, showEnd } from '../../dialogue/screen.ts'
import { customerLink } from '../../dialogue/words.ts'
import { type AdditionRefusal, judgeAddition } from '../../domain/admin-rules.ts'
import { ROLES, type Role } from '../../domain/permissions.ts'
import { readTelegramId } from '../../domain/typed.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { ADMIN_ADDED, countAdditions, insertAdmin, listAdmins, lockAdmins } from '../../storage/admins.ts'
import { findPerson } from '../../storage/users.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { showAdmin } from './card.ts'
import { tellOfSeat } from './notices.ts'
import { ROLE_SIGNS, roleName } from './words.ts'

const HOUR_MS = 3_600_000

/** Super admins: a new admin. First the role, then the way in: a link, or the Telegram id, which is shown once more. */
export function addAdminScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'add-admin', (ctx) => {
    const { texts } = ctx.turn
    showEnd(ctx, {
      kind: 'screen',
      html: texts.html('admins-choose-role'),
      keyboard: inline(
        ...ROLES.toReversed().map((role) => [
          button(`${ROLE_SIGNS[role]} ${roleName(texts, role)}`, { to: 'add-admin-as', role }),
        ]),
        [button(texts.plain('button-back'), { to: 'admins', page: 0 })],
      ),
    })
    return undefined
  })
  onButton(screen, 'add-admin-as', (ctx, { role }) => {
    const { texts } = ctx.turn
    showEnd(ctx, {
      kind: 'screen',
      html: texts.html('admins-choose-way', {
        role: roleName(texts, role),
        rights: texts.plain(`admins-rights-${role}`),
      }),
      keyboard: inline(
        [button(texts.plain('admins-by-link'), { to: 'invite-admin', role })],
        [button(texts.plain('admins-by-id'), { to: 'ask-admin-id', role })],
        [button(texts.plain('button-back'), { to: 'add-admin' })],
      ),
    })
    return undefined
  })
  onButton(screen, 'ask-admin-id', (ctx, about) => {
    const { texts } = ctx.turn
    ask(ctx, { about, html: texts.html('admins-ask-id'), back: { to: 'add-admin-as', role: about.role } })
    return undefined
  })
  onAnswer(screen, 'ask-admin-id', async (ctx, { role }, text) => {
    const adminId = readTelegramId(text)
    if (adminId === undefined) return ctx.turn.texts.html('admins-wrong-id')
    await confirmId(ctx, role, adminId)
    return undefined
  })
  onButton(screen, 'add-admin-id', async (ctx, { role, adminId }) => {
    const { tx, texts, now } = ctx.turn
    const judged = await judge(ctx, adminId)
    if (judged !== 'ok') return refuseAddition(ctx, judged, adminId)
    await insertAdmin(tx, { telegramId: adminId, role, addedBy: customerOf(ctx).telegramId ?? 0 }, now)
    await audit(ctx, ADMIN_ADDED, `admin:${adminId}`, { after: { role } })
    await tellOfSeat(ctx, 'added', { telegramId: adminId, role })
    return (await showAdmin(ctx, adminId)) ?? texts.plain('admins-added-toast')
  })
  return screen
}

/** Whom the id belongs to, before it opens the panel to somebody: a wrong digit would make a stranger an admin. */
async function confirmId(ctx: BotContext, role: Role, adminId: number): Promise<void> {
  const { tx, texts, client } = ctx.turn
  if ((await listAdmins(tx, client.staticAdminIds)).some(({ telegramId }) => telegramId === adminId)) {
    await showAdmin(ctx, adminId)
    return
  }
  const person = await findPerson(tx, adminId)
  const about = { id: String(adminId), role: roleName(texts, role) }
  show(ctx, {
    kind: 'screen',
    html: person?.reachable
      ? texts.html('admins-confirm-id', {
          ...about,
          name: customerLink({ ...person, telegramId: adminId }),
        })
      : texts.html('admins-confirm-unknown', about),
    keyboard: inline(
      [button(texts.plain('admins-yes-add'), { to: 'add-admin-id', role, adminId })],
      [button(texts.plain('button-back'), { to: 'add-admin-as', role })],
    ),
  })
}

async function judge(ctx: BotContext, targetId: number): Promise<'ok' | AdditionRefusal> {
  const { tx, client, settings, now } = ctx.turn
  await lockAdmins(tx, client.clientId)
  return judgeAddition(await listAdmins(tx, client.staticAdminIds), {
    actorId: customerOf(ctx).telegramId ?? 0,
    targetId,
    additions: await countAdditions(tx, client.clientId, now - HOUR_MS),
    limit: settings.adminAdditionsPerHour,
  })
}

async function refuseAddition(
  ctx: BotContext,
  reason: AdditionRefusal,
  adminId: number,
): Promise<string | undefined> {
  const { texts, settings } = ctx.turn
  if (reason === 'not-allowed') return texts.plain('not-allowed')
  if (reason === 'already') return (await showAdmin(ctx, adminId)) ?? texts.plain('admins-already-so')
  showEnd(ctx, {
    kind: 'refusal',
    html: texts.html('admins-too-many', { limit: settings.adminAdditionsPerHour }),
    keyboard: inline([button(texts.plain('button-back'), { to: 'admins', page: 0 })]),
  })
  return undefined
}
