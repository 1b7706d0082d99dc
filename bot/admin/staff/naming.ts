import { Composer } from 'grammy'
import { ask, onAnswer } from '../../dialogue/input.ts'
import { onButton } from '../../dialogue/screen.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { addMember, findMember, listMembers, lockRoster, renameMember } from '../../storage/staff.ts'
import { audit } from '../audit.ts'
import { showMember } from './card.ts'
import { onMember, onMemberAnswer } from './members.ts'

const NAME_MAX = 100

/** Adding a member of staff, and giving another name: both are one typed line. */
export function namingScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'staff-add', (ctx) => {
    ask(ctx, {
      about: { to: 'staff-add' },
      html: ctx.turn.texts.html('staff-ask-name'),
      back: { to: 'staff', page: 0 },
    })
    return undefined
  })
  onAnswer(screen, 'staff-add', async (ctx, _, text) => {
    const { tx, client, now } = ctx.turn
    await lockRoster(tx, client.clientId)
    const checked = await checkName(ctx, text)
    if (!checked.ok) return checked.html
    const staffId = await addMember(tx, checked.name, now)
    await audit(ctx, 'staff.add', `staff:${staffId}`, { after: { name: checked.name } })
    await showById(ctx, staffId)
    return undefined
  })
  onMember(screen, 'member-rename', (ctx, member) => {
    ask(ctx, {
      about: { to: 'member-rename', staffId: member.id },
      html: ctx.turn.texts.html('staff-ask-new-name', { name: member.name }),
      back: { to: 'staff-member', staffId: member.id },
    })
    return undefined
  })
  onMemberAnswer(screen, 'member-rename', async (ctx, member, _, text) => {
    const { tx, client } = ctx.turn
    await lockRoster(tx, client.clientId)
    const checked = await checkName(ctx, text, member.id)
    if (!checked.ok) return checked.html
    if (checked.name !== member.name) {
      await renameMember(tx, member.id, checked.name)
      await audit(ctx, 'staff.rename', `staff:${member.id}`, {
        before: { name: member.name },
        after: { name: checked.name },
      })
    }
    await showById(ctx, member.id)
    return undefined
  })
  return screen
}

/** Two of one name would be one to customers. */
async function checkName(
  ctx: BotContext,
  text: string,
  exceptId?: number,
): Promise<{ ok: true; name: string } | { ok: false; html: string }> {
  const { tx, texts } = ctx.turn
  const name = text.replaceAll(/\s+/g, ' ').trim()
  if (name.length === 0 || name.length > NAME_MAX)
    return { ok: false, html: texts.html('staff-name-length', { limit: NAME_MAX }) }
  const same = (other: string) => other.toLowerCase() === name.toLowerCase()
  const members = await listMembers(tx, { deleted: false })
  return members.some((other) => other.id !== exceptId && same(other.name))
    ? { ok: false, html: texts.html('staff-name-taken', { name }) }
    : { ok: true, name }
}

async function showById(ctx: BotContext, staffId: number): Promise<void> {
  const member = await findMember(ctx.turn.tx, staffId)
  if (!member) throw new Error(`member ${staffId} is gone within its own transaction`)
  await showMember(ctx, member)
}
