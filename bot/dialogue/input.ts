import type { Composer } from 'grammy'
import type { BotContext, Draft } from '../runtime/turn.ts'
import { type Button, decodeButton, encodeButton } from '../telegram/callback-data.ts'
import { button, type InlineButton, inline } from '../telegram/keyboards.ts'
import { show } from './screen.ts'

export interface Question {
  /** What the answer is for. Whoever may not press this button may not answer either. */
  about: Button
  html: string
  /** What is to be said before it (HTML): why it is asked once more. */
  first?: string | undefined
  /** Where the way back leads. */
  back: Button
  /** Answers that can be tapped. */
  choices?: InlineButton[][]
  draft?: Draft
}

/** Asks for a text: the next message of this person is its answer, unless it is a command or a word of the menu. */
export function ask(ctx: BotContext, { about, html, first, back, choices = [], draft }: Question): void {
  show(ctx, {
    kind: 'question',
    html: first === undefined ? html : `${first}\n\n${html}`,
    keyboard: inline(...choices, [button(ctx.turn.texts.plain('button-back'), back)]),
  })
  openQuestionAs(ctx, about, draft)
}

/** Keeps what the next text of this person answers. */
export function openQuestionAs({ turn }: BotContext, about: Button, draft?: Draft): void {
  turn.effects.dialogue({
    v: 1,
    screen: 'question',
    input: encodeButton(about),
    ...(draft ? { draft } : {}),
  })
}

/** The question that is open, as long as nobody has left it. */
export function openQuestion({ turn }: BotContext): Button | undefined {
  return turn.dialogue?.input === undefined ? undefined : decodeButton(turn.dialogue.input)
}

/** Handles photos that answer one kind of question; the largest size of each counts. Otherwise as `onAnswer`. */
export function onPhotoAnswer<To extends Button['to']>(
  composer: Composer<BotContext>,
  to: To,
  handle: (
    ctx: BotContext,
    about: Extract<Button, { to: To }>,
    photo: string,
  ) => Promise<string | undefined> | string | undefined,
): void {
  composer.on('message:photo', async (ctx, next) => {
    const about = openQuestion(ctx)
    const photo = ctx.message.photo.at(-1)?.file_id
    if (about?.to !== to || photo === undefined) return next()
    await settle(ctx, () => handle(ctx, about as Extract<Button, { to: To }>, photo))
  })
}

/** Answered, unless the handler asks on, or says what is wrong. */
async function settle(
  ctx: BotContext,
  handle: () => Promise<string | undefined> | string | undefined,
): Promise<void> {
  const { dialogue, effects } = ctx.turn
  effects.dialogue(null)
  const wrong = await handle()
  if (wrong === undefined) return
  effects.dialogue(dialogue ?? null)
  if (ctx.chat) effects.send(ctx.chat.id, { kind: 'wrong-answer', html: wrong })
}

/**
 * Handles typed answers to one kind of question. What the handler gives back (HTML) says what is wrong with the answer:
 * it is shown, and the question stays open.
 */
export function onAnswer<To extends Button['to']>(
  composer: Composer<BotContext>,
  to: To,
  handle: (
    ctx: BotContext,
    about: Extract<Button, { to: To }>,
    text: string,
    draft: Draft,
  ) => Promise<string | undefined> | string | undefined,
): void {
  composer.on('message:text', async (ctx, next) => {
    const about = openQuestion(ctx)
    const { dialogue } = ctx.turn
    const text = ctx.message.text.trim()
    if (about?.to !== to || !dialogue || ctx.message.text.startsWith('/')) return next()
    await settle(ctx, () => handle(ctx, about as Extract<Button, { to: To }>, text, dialogue.draft ?? {}))
  })
}
