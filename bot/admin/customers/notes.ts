import { Composer } from 'grammy'
import { ask, onAnswer } from '../../dialogue/input.ts'
import { onButton } from '../../dialogue/screen.ts'
import { escapeHtml } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { type CustomerFile, writeCustomerNotes } from '../../storage/customers.ts'
import { button } from '../../telegram/keyboards.ts'
import { audit, lengthOf } from '../audit.ts'
import { refuseAnswer } from '../schedule/open-visit.ts'
import { isChangedSince, seenText } from '../seen-text.ts'
import { openCustomer, showCustomerAgain } from './card.ts'

const NOTES_MAX = 1_000

/** Admins who run the bookings: the business's own words on a customer. */
export function notesScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'customer-notes', async (ctx, { customerId }) => {
    const opened = await openCustomer(ctx, customerId)
    if (!opened.ok) return opened.say
    askNotes(ctx, opened.file)
    return undefined
  })
  onButton(screen, 'customer-notes-clear', async (ctx, { customerId }) => {
    const opened = await openCustomer(ctx, customerId, { lock: true })
    if (!opened.ok) return opened.say
    await changeNotes(ctx, opened.file, '')
    return ctx.turn.texts.plain('customers-notes-cleared')
  })
  onAnswer(screen, 'customer-notes', async (ctx, { customerId }, text, draft) => {
    const { texts } = ctx.turn
    if ([...text].length > NOTES_MAX) return texts.html('answer-too-long', { count: NOTES_MAX })
    const opened = await openCustomer(ctx, customerId, { lock: true })
    if (!opened.ok) return refuseAnswer(ctx, opened.say)
    if (isChangedSince(draft, opened.file.notes))
      askNotes(ctx, opened.file, texts.html('note-changed-meanwhile'))
    else await changeNotes(ctx, opened.file, text)
    return undefined
  })
  return screen
}

function askNotes(ctx: BotContext, { id: customerId, notes }: CustomerFile, first?: string): void {
  const { texts } = ctx.turn
  const clear = button(texts.plain('customers-notes-clear'), { to: 'customer-notes-clear', customerId })
  ask(ctx, {
    about: { to: 'customer-notes', customerId },
    html: texts.html('customers-notes-ask', {
      count: NOTES_MAX,
      now: {
        html: notes === '' ? '' : `\n\n${texts.html('customers-notes-now', { notes: escapeHtml(notes) })}`,
      },
    }),
    first,
    back: { to: 'customer', customerId },
    choices: notes === '' ? [] : [[clear]],
    draft: seenText(notes),
  })
}

async function changeNotes(ctx: BotContext, file: CustomerFile, notes: string): Promise<void> {
  const { id: customerId } = file
  if (notes !== file.notes) {
    await writeCustomerNotes(ctx.turn.tx, customerId, notes)
    // What the record says for ever is that there was a note, and not what it says of a customer.
    await audit(ctx, 'customer.notes', `customer:${customerId}`, {
      before: lengthOf(file.notes),
      after: lengthOf(notes),
    })
  }
  await showCustomerAgain(ctx, customerId)
}
