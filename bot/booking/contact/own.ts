import { Composer } from 'grammy'
import { customerOf, onButton, showEnd } from '../../dialogue/screen.ts'
import { type ContactDetail, mayKeepContact } from '../../domain/contact.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { readContact } from '../../storage/contact.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { askConsent } from './consent.ts'
import { askName } from './name.ts'
import { askPhone } from './phone.ts'

/** Any customer: the name and the phone number that they gave, to be put right. */
export function ownContactScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'own-contact', async (ctx) => {
    await showOwnContact(ctx)
    return undefined
  })
  onButton(screen, 'change-contact', async (ctx, { what }) => {
    await changeContact(ctx, what)
    return undefined
  })
  return screen
}

export async function showOwnContact(ctx: BotContext): Promise<void> {
  const { texts, settings, tx } = ctx.turn
  const { givenName, phone } = await readContact(tx, customerOf(ctx).id)
  const nothing = texts.plain('contact-nothing')
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html('contact-own', {
      title: settings.title,
      name: givenName ?? nothing,
      phone: phone ?? nothing,
    }),
    keyboard: inline(
      [
        button(texts.plain('contact-change-name'), { to: 'change-contact', what: 'name' }),
        button(texts.plain('contact-change-phone'), { to: 'change-contact', what: 'phone' }),
      ],
      [button(texts.plain('preferences-back'), { to: 'preferences' })],
    ),
  })
}

/** Asks for one of both; for consent first, where there is none. */
export async function changeContact(ctx: BotContext, what: ContactDetail): Promise<void> {
  const { consent } = await readContact(ctx.turn.tx, customerOf(ctx).id)
  if (!mayKeepContact(consent)) askConsent(ctx, { to: 'change-contact', what })
  else if (what === 'name') askName(ctx, { to: 'own-contact' })
  else askPhone(ctx, { to: 'own-contact' })
}
