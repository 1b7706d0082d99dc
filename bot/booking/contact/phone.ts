import { Composer } from 'grammy'
import { onAnswer } from '../../dialogue/input.ts'
import { menuWords, withMenu } from '../../dialogue/menu.ts'
import { chatOf, customerOf } from '../../dialogue/screen.ts'
import { mayKeepContact } from '../../domain/contact.ts'
import { normalPhone } from '../../domain/person-text.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { readContact, savePhone, skipDetail } from '../../storage/contact.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { contactKeyboard } from '../../telegram/keyboards.ts'
import { askedQuestion, isOptional, keepQuestion, nextOf, type Resume } from './questions.ts'

/**
 * Asks for the phone number. The button that shares it stands under the input line, where the menu else is, and cannot
 * come with an edit: the message whose button was tapped keeps the reason, a new one brings the keyboard.
 */
export function askPhone(ctx: BotContext, next: Button): void {
  const { texts, effects, settings } = ctx.turn
  const why = texts.html('contact-phone', { title: settings.title })
  const how = texts.html('contact-phone-how')
  const tapped = ctx.callbackQuery?.message
  if (tapped) effects.edit(chatOf(ctx), tapped.message_id, { kind: 'screen', html: why })
  effects.send(chatOf(ctx), {
    kind: 'question',
    html: tapped ? how : `${why}\n\n${how}`,
    keyboard: contactKeyboard(texts, isOptional(ctx, next)),
  })
  keepQuestion(ctx, 'contact-phone', next)
}

/** Any customer who was asked: the number, shared or typed, or none. The menu comes back with the answer. */
export function phoneScreen(resume: Resume): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  screen.on('message:contact', async (ctx, next) => {
    const { user_id: userId, phone_number: number } = ctx.message.contact
    const isAsked = askedQuestion(ctx) === 'contact-phone'
    const phone = normalPhone(`+${number.replaceAll(/\D/g, '')}`)
    if (userId !== ctx.from.id || phone === undefined) {
      const html = ctx.turn.texts.html(userId === ctx.from.id ? 'contact-phone-wrong' : 'contact-of-another')
      ctx.turn.effects.send(
        ctx.chat.id,
        isAsked ? { kind: 'wrong-answer', html } : withMenu(ctx, html, 'wrong-answer'),
      )
      return
    }
    const isKept = await save(ctx, phone)
    // Shared later, by the keyboard of a question that was left: kept if it may be.
    if (!isKept && !isAsked) return next()
    thank(ctx, phone, isKept)
    if (isAsked) await resume(ctx, nextOf(ctx))
  })
  screen.hears(menuWords('contact-skip'), async (ctx, next) => {
    const after = nextOf(ctx)
    if (!after || askedQuestion(ctx) !== 'contact-phone' || !isOptional(ctx, after)) return next()
    await skipDetail(ctx.turn.tx, customerOf(ctx).id, 'phone')
    ctx.turn.effects.send(ctx.chat.id, withMenu(ctx, ctx.turn.texts.html('contact-skipped')))
    await resume(ctx, after)
  })
  screen.hears(menuWords('button-cancel'), (ctx) => {
    const { texts, effects } = ctx.turn
    const left = askedQuestion(ctx) && nextOf(ctx)?.to !== 'time' ? 'contact-unchanged' : 'dialogue-left'
    effects.send(ctx.chat.id, withMenu(ctx, texts.html(ctx.turn.dialogue ? left : 'nothing-to-leave')))
    effects.dialogue(null)
  })
  onAnswer(screen, 'contact-phone', async (ctx, _, text) => {
    const phone = normalPhone(text)
    if (phone === undefined) return ctx.turn.texts.html('contact-phone-wrong')
    thank(ctx, phone, await save(ctx, phone))
    await resume(ctx, nextOf(ctx))
    return undefined
  })
  return screen
}

/** False: consent has been taken back while the question stood, and nothing is kept. */
async function save(ctx: BotContext, phone: string): Promise<boolean> {
  const { id } = customerOf(ctx)
  if (!mayKeepContact((await readContact(ctx.turn.tx, id)).consent)) return false
  await savePhone(ctx.turn.tx, id, phone)
  return true
}

function thank(ctx: BotContext, phone: string, isKept: boolean): void {
  const { texts, effects } = ctx.turn
  const html = isKept ? texts.html('contact-thanks', { phone }) : texts.html('contact-not-kept')
  effects.send(chatOf(ctx), withMenu(ctx, html))
}
