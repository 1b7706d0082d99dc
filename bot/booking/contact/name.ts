import { Composer } from 'grammy'
import { onAnswer } from '../../dialogue/input.ts'
import { customerOf, show } from '../../dialogue/screen.ts'
import { mayKeepContact } from '../../domain/contact.ts'
import { readGivenName } from '../../domain/person-text.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { readContact, saveGivenName, skipDetail } from '../../storage/contact.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { exits, isOptional, keepQuestion, nextOf, onQuestionButton, type Resume } from './questions.ts'

/** Asks how the customer wants to be called; the name that Telegram shows is one tap away. */
export function askName(ctx: BotContext, next: Button): void {
  const { texts } = ctx.turn
  const shown = nameInTelegram(ctx)
  show(ctx, {
    kind: 'question',
    html: texts.html(shown === undefined ? 'contact-name' : 'contact-name-or-tap'),
    keyboard: inline(
      shown === undefined ? [] : [button(shown, { to: 'contact-name-as-shown' })],
      isOptional(ctx, next) ? [button(texts.plain('contact-skip'), { to: 'contact-skip-name' })] : [],
      exits(ctx, next),
    ),
  })
  keepQuestion(ctx, 'contact-name', next)
}

/** Any customer who was asked: a name, by tap or typed, or none. */
export function nameScreen(resume: Resume): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onQuestionButton(screen, 'contact-name-as-shown', 'contact-name', async (ctx, next) => {
    const shown = nameInTelegram(ctx)
    if (shown !== undefined) await save(ctx, shown)
    return resume(ctx, next)
  })
  onQuestionButton(screen, 'contact-skip-name', 'contact-name', async (ctx, next) => {
    if (isOptional(ctx, next)) await skipDetail(ctx.turn.tx, customerOf(ctx).id, 'name')
    return resume(ctx, next)
  })
  onAnswer(screen, 'contact-name', async (ctx, _, text) => {
    const name = readGivenName(text)
    if (name === undefined) return ctx.turn.texts.html('contact-name-wrong')
    await save(ctx, name)
    await resume(ctx, nextOf(ctx))
    return undefined
  })
  return screen
}

/** Consent may have been taken back while the question stood: then nothing is kept. */
async function save(ctx: BotContext, name: string): Promise<void> {
  const { id } = customerOf(ctx)
  if (mayKeepContact((await readContact(ctx.turn.tx, id)).consent)) await saveGivenName(ctx.turn.tx, id, name)
}

function nameInTelegram({ from }: BotContext): string | undefined {
  return from && readGivenName([from.first_name, from.last_name].filter(Boolean).join(' '))
}
