import { Composer } from 'grammy'
import { ask, onAnswer, openQuestion, openQuestionAs } from '../../dialogue/input.ts'
import { customerOf, onButton, show } from '../../dialogue/screen.ts'
import { shortHash } from '../../dialogue/short-hash.ts'
import { judgeBody, plainOf, writeBody } from '../../domain/own-text.ts'
import { defaultBody } from '../../i18n/default-body.ts'
import type { BotContext, Draft } from '../../runtime/turn.ts'
import { lockByName } from '../../storage/database.ts'
import { listOwnTexts, writeOwnText } from '../../storage/own-texts.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { isChangedSince, seenText } from '../seen-text.ts'
import { findOwn, showText, titleOf, without } from './text.ts'
import {
  bodyToType,
  nameOfWord,
  type Place,
  placeholderLines,
  previewOf,
  problemOf,
  problemText,
  rulesFor,
} from './words.ts'

/** Super admins: a text of their own; looked at first, then saved. */
export function editTextScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'text-edit', async (ctx, place) => {
    await askText(ctx, place)
    return undefined
  })
  onAnswer(screen, 'text-edit', async (ctx, { key, language }, _text, draft) => {
    const { texts } = ctx.turn
    const { text = '', entities = [] } = ctx.message ?? {}
    const written = writeBody(text, entities, nameOfWord(key))
    const problem = written.ok ? judgeBody(written.body, rulesFor(key))[0] : written.problem
    if (problem) return problemText(texts, key, problem)
    if (written.ok) await showDraft(ctx, { key, language }, { ...draft, body: written.body })
    return undefined
  })
  onButton(screen, 'text-save', async (ctx, { key, language, seal }) => {
    const { tx, texts, dialogue, now, client } = ctx.turn
    const place = { key, language }
    await lockByName(tx, `${client.clientId}:text:${key}:${language}`)
    const own = findOwn(await listOwnTexts(tx), place)
    // A second tap: the draft is the text by now.
    if (own && shortHash(own.body) === seal) {
      await showText(ctx, place)
      return texts.plain('texts-already-so')
    }
    const about = openQuestion(ctx)
    const body = dialogue?.draft?.['body']
    const isThis = about?.to === 'text-edit' && about.key === key && about.language === language
    // Another draft than the one whose preview was shown is not what this button stands under.
    if (!isThis || typeof body !== 'string' || shortHash(body) !== seal) {
      await askText(ctx, place)
      return texts.plain('texts-draft-lost')
    }
    if (isChangedSince(dialogue?.draft ?? {}, own?.body ?? '')) {
      await askText(ctx, place)
      return texts.plain('texts-changed-meanwhile')
    }
    const before = await writeOwnText(tx, { ...place, body }, customerOf(ctx).telegramId, now)
    await audit(ctx, 'text.edit', `text:${key}:${language}`, { before: before ?? null, after: body })
    await showText(ctx, place, texts.html('texts-saved'))
    return texts.plain('texts-saved-toast')
  })
  return screen
}

async function askText(ctx: BotContext, { key, language }: Place): Promise<void> {
  const { texts, tx } = ctx.turn
  const place = { key, language }
  const own = findOwn(await listOwnTexts(tx), place)
  const isReadable = own !== undefined && problemOf(own)?.kind !== 'damaged'
  const body = isReadable ? own.body : defaultBody(key, language)
  ask(ctx, {
    about: { to: 'text-edit', ...place },
    html: texts.html('texts-ask', {
      ...titleOf(ctx, place),
      text: { html: plainOf(bodyToType(texts, key, body)) },
      words: { html: placeholderLines(texts, key) },
    }),
    back: { to: 'text', ...place },
    draft: seenText(own?.body ?? ''),
  })
}

async function showDraft(ctx: BotContext, place: Place, draft: Draft & { body: string }): Promise<void> {
  const { body } = draft
  const { texts, tx } = ctx.turn
  const rows = [...without(await listOwnTexts(tx), place), { ...place, body }]
  show(ctx, {
    kind: 'question',
    html: texts.html('texts-draft', {
      ...titleOf(ctx, place),
      preview: { html: previewOf(ctx.turn, place, rows) },
    }),
    keyboard: inline(
      [button(texts.plain('texts-save'), { to: 'text-save', ...place, seal: shortHash(body) })],
      [button(texts.plain('button-back'), { to: 'text', ...place })],
    ),
  })
  // The next text is another try.
  openQuestionAs(ctx, { to: 'text-edit', ...place }, draft)
}
