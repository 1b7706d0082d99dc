import { Composer } from 'grammy'
import { ask, onAnswer } from '../../dialogue/input.ts'
import { onButton } from '../../dialogue/screen.ts'
import { escapeHtml } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { writeCustomerNotes } from '../../storage/customers.ts'
import { button } from '../../telegram/keyboards.ts'
import { audit, lengthOnly } from '../audit.ts'
import { refuseAnswer } from '../schedule/open-visit.ts'
import { openCustomer, showCustomerAgain } from './card.ts'

const NOTES_MAX = 1_000

/** Admins who run the bookings: the business's own words on a customer. */
export function notesScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'customer-notes', async (ctx, { customerId }) => {
    const { texts } = ctx.turn
    const opened = await openCustomer(ctx, customerId)
    if (!opened.ok) return opened.say
    const { notes } = opened.file
    const clear = button(texts.plain('customers-notes-clear'), { to: 'customer-notes-clear', customerId })
    ask(ctx, {
      about: { to: 'customer-notes', customerId },
      html: texts.html('customers-notes-ask', {
        count: NOTES_MAX,
        now: {
          html: notes === '' ? '' : `\n\n${texts.html('customers-notes-now', { notes: escapeHtml(notes) })}`,
        },
      }),
      back: { to: 'customer', customerId },
      choices: notes === '' ? [] : [[clear]],
    })
    return undefined
  })
  onButton(screen, 'customer-notes-clear', async (ctx, { customerId }) => {
    const say = await changeNotes(ctx, customerId, '')
    return say ?? ctx.turn.texts.plain('customers-notes-cleared')
  })
  onAnswer(screen, 'customer-notes', async (ctx, { customerId }, text) => {
    const { texts } = ctx.turn
    if ([...text].length > NOTES_MAX) return texts.html('answer-too-long', { count: NOTES_MAX })
    const say = await changeNotes(ctx, customerId, text)
    return say === undefined ? undefined : refuseAnswer(ctx, say)
  })
  return screen
}

/** Gives back why nothing was changed. */
async function changeNotes(ctx: BotContext, customerId: number, notes: string): Promise<string | undefined> {
  const opened = await openCustomer(ctx, customerId, { lock: true })
  if (!opened.ok) return opened.say
  if (notes !== opened.file.notes) {
    await writeCustomerNotes(ctx.turn.tx, customerId, notes)
    await audit(ctx, 'customer.notes', `customer:${customerId}`, {
      before: lengthOnly(opened.file.notes),
      after: lengthOnly(notes),
    })
  }
  await showCustomerAgain(ctx, customerId)
  return undefined
}
