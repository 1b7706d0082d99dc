import { Composer } from 'grammy'
import { showEnd } from '../../dialogue/screen.ts'
import type { BotContext } from '../../runtime/turn.ts'
import {
  findMember,
  listMembers,
  lockRoster,
  type Member,
  orderMembers,
  setMemberActive,
} from '../../storage/staff.ts'
import { listUpcomingVisits } from '../../storage/visits.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { onMember, showGone } from './members.ts'
import { hoursLine, readOrdinary } from './words.ts'

/** One member of staff: what is so, and the way to all that can be changed. */
export function memberScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onMember(screen, 'staff-member', async (ctx, member) => {
    await showMember(ctx, member)
    return undefined
  })
  onMember(screen, 'member-place', async (ctx, { id }, { way }) => {
    const moved = await move(ctx, id, way === 'up' ? -1 : 1)
    await showMember(ctx, moved.member)
    return ctx.turn.texts.plain('staff-place', { place: moved.place, count: moved.count })
  })
  onMember(screen, 'member-active', (ctx, { id }, { active }) => switchActive(ctx, id, active === 'on'))
  return screen
}

export async function showMember(ctx: BotContext, { id: staffId, name, ...member }: Member): Promise<void> {
  const { tx, texts, now } = ctx.turn
  const visits = await listUpcomingVisits(tx, staffId, now)
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html('staff-card', {
      name,
      state: { html: texts.html(member.isActive ? 'staff-state-on' : 'staff-state-off') },
      hours: { html: hoursLine(ctx, await readOrdinary(ctx, staffId)) },
      count: visits.length,
      account: { html: texts.html(member.telegramId === null ? 'staff-account-none' : 'staff-account') },
    }),
    keyboard: inline(
      [
        button(texts.plain('staff-button-hours'), { to: 'member-hours', staffId }),
        button(texts.plain('staff-button-special'), { to: 'special-days', staffId, page: 0 }),
      ],
      [
        button(texts.plain('staff-button-visits'), { to: 'member-visits', staffId, page: 0 }),
        button(texts.plain('staff-button-rename'), { to: 'member-rename', staffId }),
      ],
      [
        button(texts.plain('staff-button-up'), { to: 'member-place', staffId, way: 'up' }),
        button(texts.plain('staff-button-down'), { to: 'member-place', staffId, way: 'down' }),
      ],
      [
        member.isActive
          ? button(texts.plain('staff-button-off'), { to: 'member-active', staffId, active: 'off' })
          : button(texts.plain('staff-button-on'), { to: 'member-active', staffId, active: 'on' }),
        member.telegramId === null
          ? button(texts.plain('staff-button-link'), { to: 'member-link', staffId })
          : button(texts.plain('staff-button-unlink'), { to: 'member-unlink', staffId, sure: 'ask' }),
      ],
      [button(texts.plain('staff-button-delete'), { to: 'member-delete', staffId, sure: 'ask' })],
      [button(texts.plain('staff-button-all'), { to: 'staff', page: 0 })],
    ),
  })
}

/** One place up or down; at an end of the list it stays where it is. */
async function move(
  ctx: BotContext,
  staffId: number,
  by: -1 | 1,
): Promise<{ member: Member; place: number; count: number }> {
  const { tx, client } = ctx.turn
  await lockRoster(tx, client.clientId)
  const members = await listMembers(tx, { deleted: false })
  const index = members.findIndex(({ id }) => id === staffId)
  const target = Math.min(Math.max(index + by, 0), members.length - 1)
  const member = members[index]
  const neighbour = members[target]
  if (!member || !neighbour) throw new Error(`member ${staffId} is gone under the lock of the roster`)
  if (target !== index) {
    await orderMembers(
      tx,
      members
        .with(index, neighbour)
        .with(target, member)
        .map(({ id }) => id),
    )
    await audit(ctx, 'staff.order', `staff:${staffId}`, { before: index + 1, after: target + 1 })
  }
  return { member, place: target + 1, count: members.length }
}

/** Switching off keeps bookings; it waits for those that are being made, so that none slips in behind it. */
async function switchActive(ctx: BotContext, staffId: number, isActive: boolean): Promise<string> {
  const { tx, client, texts, now } = ctx.turn
  await lockRoster(tx, client.clientId)
  const member = await findMember(tx, staffId)
  if (!member || member.isDeleted) return showGone(ctx)
  if (member.isActive !== isActive) {
    if (!isActive && (await isLastActive(ctx, staffId))) return texts.plain('staff-last-off')
    await setMemberActive(tx, staffId, isActive)
    await audit(ctx, isActive ? 'staff.activate' : 'staff.deactivate', `staff:${staffId}`, {
      before: { isActive: !isActive },
      after: { isActive },
    })
  }
  await showMember(ctx, { ...member, isActive })
  if (isActive) return texts.plain('staff-on-said')
  const { length: count } = await listUpcomingVisits(tx, staffId, now)
  return count > 0 ? texts.plain('staff-off-said-visits', { count }) : texts.plain('staff-off-said')
}

/** To be asked under the lock of the roster: without anybody to book, the bot would be of no use to customers. */
export async function isLastActive(ctx: BotContext, staffId: number): Promise<boolean> {
  const members = await listMembers(ctx.turn.tx, { deleted: false })
  return members.every(({ id, isActive }) => !isActive || id === staffId)
}
