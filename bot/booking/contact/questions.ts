import type { Composer } from 'grammy'
import { openQuestion, openQuestionAs } from '../../dialogue/input.ts'
import { onButton, showEnd } from '../../dialogue/screen.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { type Button, decodeButton, encodeButton } from '../../telegram/callback-data.ts'
import { button, type InlineButton, inline } from '../../telegram/keyboards.ts'

/** The questions, each by the button that keeps it open in the dialogue. */
export type Question = 'contact-consent' | 'contact-name' | 'contact-phone'
const QUESTIONS: readonly string[] = ['contact-consent', 'contact-name', 'contact-phone'] satisfies Question[]

/** Goes on with what a question came in between of: a tapped time, or the screen of one's own details. */
export type Resume = (
  ctx: BotContext,
  next: Button | undefined,
) => Promise<string | undefined> | string | undefined

/** Keeps a question open, and what follows once it is answered. */
export function keepQuestion(ctx: BotContext, question: Question, next: Button): void {
  openQuestionAs(ctx, { to: question }, { next: encodeButton(next) })
}

/** The question that is open; undefined for any other kind of dialogue. */
export function askedQuestion(ctx: BotContext): Question | undefined {
  const to = openQuestion(ctx)?.to
  return to !== undefined && QUESTIONS.includes(to) ? (to as Question) : undefined
}

/** What follows the open question; undefined where the dialogue is lost. */
export function nextOf({ turn }: BotContext): Button | undefined {
  const next = turn.dialogue?.draft?.['next']
  return typeof next === 'string' ? decodeButton(next) : undefined
}

/** May this question be left without an answer? Before a booking that does not need it. */
export function isOptional({ turn }: BotContext, next: Button): boolean {
  return next.to === 'time' && turn.settings.contactDetails !== 'required'
}

/** The ways out of a question: another time or the own details, and the end. */
export function exits({ turn: { texts } }: BotContext, next: Button): InlineButton[] {
  return next.to === 'time'
    ? [
        button(texts.plain('button-other-time'), { to: 'nearest', flow: next.flow }),
        button(texts.plain('button-cancel'), { to: 'stop' }),
      ]
    : [button(texts.plain('button-back'), { to: 'own-contact' })]
}

/** Handles the taps that answer a question, while it is open: a second tap or an old button must not answer another one. */
export function onQuestionButton(
  screen: Composer<BotContext>,
  to: 'contact-agree' | 'contact-refuse' | 'contact-name-as-shown' | 'contact-skip-name',
  question: Question,
  handle: (ctx: BotContext, next: Button) => Promise<string | undefined>,
): void {
  onButton(screen, to, async (ctx) => {
    const next = nextOf(ctx)
    if (next && askedQuestion(ctx) === question) return handle(ctx, next)
    if (ctx.turn.dialogue) return ctx.turn.texts.plain('contact-old-button')
    showLost(ctx)
    return undefined
  })
}

/** The dialogue is gone, and with it the time that was chosen: nothing else is. */
export function showLost(ctx: BotContext): void {
  const { texts } = ctx.turn
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html('contact-lost'),
    keyboard: inline([button(texts.plain('button-book-again'), { to: 'services', page: 0 })]),
  })
}
