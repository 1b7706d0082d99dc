import { customerOf } from '../../dialogue/screen.ts'
import { customerLink } from '../../dialogue/words.ts'
import type { Role } from '../../domain/permissions.ts'
import { textsFor } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { type Admin, listAdmins } from '../../storage/admins.ts'
import { findMemberOf } from '../../storage/staff.ts'
import { findPerson, type Person } from '../../storage/users.ts'
import { mainMenu } from '../../telegram/keyboards.ts'
import { roleName } from './words.ts'

type Change = 'added' | 'changed' | 'removed' | 'joined'

/**
 * After a change: the one whom it concerns hears of it, with the menu that is theirs now, and so do the other super
 * admins. Who never wrote to the bot, or has blocked it, cannot be told.
 */
export async function tellOfSeat(
  ctx: BotContext,
  change: Change,
  target: { telegramId: number; role: Role },
): Promise<void> {
  const { tx, client, settings, effects } = ctx.turn
  const actorId = customerOf(ctx).telegramId
  const by = customerLink(customerOf(ctx))
  const person = await findPerson(tx, target.telegramId)
  // Who joined by a link is being answered already.
  if (person?.reachable && change !== 'joined') {
    const texts = textsFor(person.language)
    effects.send(target.telegramId, {
      kind: 'admin-notice',
      html: texts.html(`admins-you-${change}`, {
        title: settings.title,
        role: roleName(texts, target.role),
        by,
      }),
      keyboard: mainMenu(
        texts,
        change !== 'removed',
        (await findMemberOf(tx, target.telegramId)) !== undefined,
      ),
    })
  }
  const others = (await listAdmins(tx, client.staticAdminIds)).filter(
    ({ telegramId, role }) =>
      role === 'super_admin' && telegramId !== actorId && telegramId !== target.telegramId,
  )
  for (const other of others) tellOther(ctx, other, change, target, person)
}

function tellOther(
  ctx: BotContext,
  other: Admin,
  change: Change,
  target: { telegramId: number; role: Role },
  person: Person | undefined,
): void {
  if (other.language === null) return
  const texts = textsFor(other.language)
  const nobody = { firstName: null, lastName: null, username: null }
  ctx.turn.effects.send(other.telegramId, {
    kind: 'admin-notice',
    html: texts.html(`admins-told-${change}`, {
      name: customerLink({ ...(person ?? nobody), telegramId: target.telegramId }),
      role: roleName(texts, target.role),
      by: customerLink(customerOf(ctx)),
    }),
  })
}
