import { customerOf } from '../../dialogue/screen.ts'
import { nextQuestion } from '../../domain/contact.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { readContact } from '../../storage/contact.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { askConsent } from './consent.ts'
import { askName } from './name.ts'
import { askPhone } from './phone.ts'

const ASK = { consent: askConsent, name: askName, phone: askPhone } as const

/**
 * Asks a customer who is about to book for what the business wants to know and does not know yet, one thing at a time.
 * True: something is being asked, and the tapped time is gone on with once it is answered, by the same way again. Who
 * moves a booking is not asked.
 */
export async function askContact(ctx: BotContext, tapped: Extract<Button, { to: 'time' }>): Promise<boolean> {
  const { settings, tx } = ctx.turn
  if (tapped.flow.kind !== 'book' || settings.contactDetails === 'off') return false
  const question = nextQuestion(settings.contactDetails, await readContact(tx, customerOf(ctx).id))
  if (question === undefined) return false
  ASK[question](ctx, tapped)
  return true
}
