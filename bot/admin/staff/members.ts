import type { Composer } from 'grammy'
import { onAnswer } from '../../dialogue/input.ts'
import { onButton } from '../../dialogue/screen.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { findMember, type Member } from '../../storage/staff.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { showStaff } from './list.ts'

type MemberButton = Extract<Button, { staffId: number }>
type ButtonOf<To extends MemberButton['to']> = Extract<MemberButton, { to: To }>
type Said = Promise<string | undefined> | string | undefined

/** Handles taps about a member of staff. Where that one is gone, the list says so. */
export function onMember<To extends MemberButton['to']>(
  screen: Composer<BotContext>,
  to: To,
  handle: (ctx: BotContext, member: Member, button: ButtonOf<To>) => Said,
): void {
  onButton(screen, to, async (ctx, tapped) => {
    const button = tapped as ButtonOf<To>
    const member = await findPresent(ctx, button.staffId)
    return member ? await handle(ctx, member, button) : await showGone(ctx)
  })
}

/** The same for typed answers. */
export function onMemberAnswer<To extends MemberButton['to']>(
  screen: Composer<BotContext>,
  to: To,
  handle: (ctx: BotContext, member: Member, about: ButtonOf<To>, text: string) => Said,
): void {
  onAnswer(screen, to, async (ctx, asked, text) => {
    const about = asked as ButtonOf<To>
    const member = await findPresent(ctx, about.staffId)
    if (member) return await handle(ctx, member, about, text)
    await showStaff(ctx, 0, ctx.turn.texts.html('staff-gone'))
    return undefined
  })
}

/** The list, and what to say in a toast about a member who was deleted meanwhile or never existed. */
export async function showGone(ctx: BotContext): Promise<string> {
  await showStaff(ctx, 0)
  return ctx.turn.texts.plain('staff-gone')
}

async function findPresent(ctx: BotContext, staffId: number): Promise<Member | undefined> {
  const member = await findMember(ctx.turn.tx, staffId)
  return member?.isDeleted === false ? member : undefined
}
