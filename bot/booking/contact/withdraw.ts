import { Composer } from 'grammy'
import { customerOf, onButton, show, showEnd } from '../../dialogue/screen.ts'
import { customerLink, dateWords } from '../../dialogue/words.ts'
import { CONSENT_VERSION, hasConsented, type OwnContact } from '../../domain/contact.ts'
import { readableName } from '../../domain/person-text.ts'
import { type Html, textsFor } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { listAdminIds } from '../../storage/admins.ts'
import { countUpcoming, lockCustomer } from '../../storage/bookings.ts'
import { readContact, withdrawConsent } from '../../storage/contact.ts'
import { languagesOf } from '../../storage/users.ts'
import { button, type InlineButton, inline } from '../../telegram/keyboards.ts'
import { policyLines } from './consent.ts'

/** Any customer who agreed that name and phone are kept: takes it back. */
export function withdrawScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'ask-withdraw', async (ctx) => {
    const { texts, settings, tx, now } = ctx.turn
    const { id } = customerOf(ctx)
    if (!hasConsented((await readContact(tx, id)).consent)) return texts.plain('contact-withdrawn-already')
    const isBooked = (await countUpcoming(tx, id, now)) > 0
    show(ctx, {
      kind: 'screen',
      html: [
        texts.html('contact-withdraw-ask', { title: settings.title }),
        ...(isBooked ? [texts.html('contact-withdraw-booked')] : []),
        ...(settings.contactDetails === 'required' ? [texts.html('contact-withdraw-required')] : []),
      ].join('\n\n'),
      keyboard: inline(
        [button(texts.plain('contact-withdraw-yes'), { to: 'withdraw-consent' })],
        [button(texts.plain('privacy-no'), { to: 'privacy' })],
      ),
    })
    return undefined
  })
  onButton(screen, 'withdraw-consent', async (ctx) => {
    const { texts, tx, now, client, settings } = ctx.turn
    const { id } = customerOf(ctx)
    // Whoever books at the same time waits: the admins hear of each booking with the number, or that it is gone.
    await lockCustomer(tx, client.clientId, id)
    if (!hasConsented((await readContact(tx, id)).consent)) return texts.plain('contact-withdrawn-already')
    await withdrawConsent(tx, id, CONSENT_VERSION, now)
    if ((await countUpcoming(tx, id, now)) > 0) await tellAdmins(ctx)
    showEnd(ctx, {
      kind: 'consent-withdrawn',
      html: texts.html('contact-withdrawn', { title: settings.title }),
      keyboard: inline([button(texts.plain('preferences-privacy'), { to: 'privacy' })]),
    })
    return undefined
  })
  return screen
}

/** For the screen of one's own data: since when name and phone are kept by consent, and the business's policy. */
export function contactLines(ctx: BotContext, { consent }: OwnContact): Html {
  const lines = [...(hasConsented(consent) ? [keptLine(ctx, consent.at ?? '')] : []), ...policyLines(ctx)]
  return { html: lines.length > 0 ? `\n\n${lines.join('\n')}` : '' }
}

function keptLine({ turn: { texts, settings, now } }: BotContext, at: string): string {
  const options = { language: texts.language, timeZone: settings.timeZone, now }
  return texts.html('contact-kept', { date: dateWords(Date.parse(at), options) })
}

/** The way out of consent, for who has given it. */
export function withdrawRow({ turn: { texts } }: BotContext, { consent }: OwnContact): InlineButton[] {
  return hasConsented(consent) ? [button(texts.plain('contact-withdraw'), { to: 'ask-withdraw' })] : []
}

/** Somebody is coming whom the admins cannot call any more: under the name that Telegram shows, for the other is gone. */
async function tellAdmins(ctx: BotContext): Promise<void> {
  const { tx, client, effects } = ctx.turn
  const { telegramId, username } = customerOf(ctx)
  const customer = customerLink({
    telegramId,
    username,
    firstName: readableName(ctx.from?.first_name ?? ''),
    lastName: readableName(ctx.from?.last_name ?? ''),
  })
  const adminIds = await listAdminIds(tx, client.staticAdminIds)
  const languages = await languagesOf(tx, adminIds)
  for (const adminId of adminIds) {
    const html = textsFor(languages.get(adminId) ?? 'ru').html('contact-withdrawn-notice', { customer })
    effects.send(adminId, { kind: 'admin-notice', html })
  }
}
