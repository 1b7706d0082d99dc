import { Composer } from 'grammy'
import { onButton, showEnd } from '../../dialogue/screen.ts'
import { customerLink } from '../../dialogue/words.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { setBookingRule } from '../../storage/booking-rules.ts'
import { RULE_CHOICES } from '../../telegram/buttons/customers.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { openCustomer, showCustomerAgain } from './card.ts'

/** Admins who run the bookings: may this customer book, with approval only, or not at all? */
export function ruleScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'customer-rule', async (ctx, { customerId }) => {
    const { texts } = ctx.turn
    const opened = await openCustomer(ctx, customerId)
    if (!opened.ok) return opened.say
    const now = opened.file.rule ?? 'none'
    showEnd(ctx, {
      kind: 'screen',
      html: texts.html('customers-rule', { name: customerLink(opened.file) }),
      keyboard: inline(
        ...RULE_CHOICES.map((rule) => [
          button(`${rule === now ? '• ' : ''}${texts.plain(`customers-rule-${rule}`)}`, {
            to: 'customer-rule-set',
            customerId,
            rule,
          }),
        ]),
        [button(texts.plain('customers-card-back'), { to: 'customer', customerId })],
      ),
    })
    return undefined
  })
  onButton(screen, 'customer-rule-set', async (ctx, { customerId, rule: chosen }) => {
    const { tx, texts } = ctx.turn
    const opened = await openCustomer(ctx, customerId, { lock: true })
    if (!opened.ok) return opened.say
    const rule = chosen === 'none' ? null : chosen
    if (rule !== opened.file.rule) {
      await setBookingRule(tx, customerId, rule)
      await audit(ctx, 'customer.rule', `customer:${customerId}`, { before: opened.file.rule, after: rule })
    }
    await showCustomerAgain(ctx, customerId)
    return texts.plain('customers-rule-saved')
  })
  return screen
}
