import { Composer } from 'grammy'
import { ON_PAGE } from '../../dialogue/pages.ts'
import { onButton, showEnd } from '../../dialogue/screen.ts'
import { EDITABLE, EDITABLE_KEYS } from '../../i18n/editable.ts'
import { textsFor } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { deleteOwnText, listOwnTexts, type OwnText } from '../../storage/own-texts.ts'
import type { Language } from '../../storage/users.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { editableOnes, type Place, placeholderLines, previewOf, problemOf, problemText } from './words.ts'

/** Super admins: one text as customers see it, the product's text beside an own one, and the way back to that. */
export function textScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'text', async (ctx, place) => {
    await showText(ctx, place)
    return undefined
  })
  onButton(screen, 'text-default', async (ctx, place) => {
    const { texts, tx } = ctx.turn
    const rows = await listOwnTexts(tx)
    if (!findOwn(rows, place)) {
      await showText(ctx, place)
      return texts.plain('texts-is-already-default')
    }
    showEnd(ctx, {
      kind: 'screen',
      html: texts.html('texts-one', {
        ...titleOf(ctx, place),
        state: { html: texts.html('texts-is-shown-default') },
        preview: { html: previewOf(ctx.turn, place, without(rows, place)) },
        words: '',
      }),
      keyboard: inline(
        [button(texts.plain('texts-reset'), { ...place, to: 'text-reset' })],
        [button(texts.plain('texts-see-own'), { ...place, to: 'text' })],
      ),
    })
    return undefined
  })
  onButton(screen, 'text-reset', async (ctx, place) => {
    const { texts, tx } = ctx.turn
    const before = await deleteOwnText(tx, place.key, place.language)
    if (before !== undefined)
      await audit(ctx, 'text.reset', `text:${place.key}:${place.language}`, { before, after: null })
    await showText(ctx, place)
    return texts.plain(before === undefined ? 'texts-is-already-default' : 'texts-was-reset')
  })
  return screen
}

/** A text as it is now; `note` says above it what has just been done (HTML). */
export async function showText(ctx: BotContext, { key, language }: Place, note?: string): Promise<void> {
  const { texts, tx } = ctx.turn
  const place = { key, language }
  const rows = await listOwnTexts(tx)
  const own = findOwn(rows, place)
  const other = language === 'ru' ? 'en' : 'ru'
  const html = texts.html('texts-one', {
    ...titleOf(ctx, place),
    state: { html: stateOf(ctx, own) },
    preview: { html: previewOf(ctx.turn, place, rows) },
    words: { html: placeholderLines(texts, key) },
  })
  showEnd(ctx, {
    kind: 'screen',
    html: note === undefined ? html : `${note}\n\n${html}`,
    keyboard: inline(
      [button(texts.plain('texts-edit'), { to: 'text-edit', ...place })],
      own ? [button(texts.plain('texts-see-default'), { to: 'text-default', ...place })] : [],
      [
        button(texts.plain('texts-other-language', { language: nameOf(other) }), {
          to: 'text',
          key,
          language: other,
        }),
      ],
      [button(texts.plain('button-back'), { to: 'text-group', ...groupOf(place) })],
    ),
  })
}

/** Name and language of a text, for the first line of its screens. */
export function titleOf({ turn: { texts } }: BotContext, { key, language }: Place) {
  return { name: texts.plain(`texts-name-${key}`), language: nameOf(language) }
}

export function findOwn(rows: readonly OwnText[], { key, language }: Place) {
  return editableOnes(rows).find((row) => row.key === key && row.language === language)
}

/** The own texts but this one: the product's stands in its place. */
export function without(rows: readonly OwnText[], { key, language }: Place): OwnText[] {
  return rows.filter((row) => row.key !== key || row.language !== language)
}

function stateOf({ turn: { texts } }: BotContext, own: ReturnType<typeof findOwn>): string {
  if (!own) return texts.html('texts-is-default')
  const problem = problemOf(own)
  if (!problem) return texts.html('texts-is-own')
  const attention = texts.html('texts-needs-attention', {
    problem: { html: problemText(texts, own.key, problem) },
  })
  const isHidden = problem.kind === 'unknown' || problem.kind === 'damaged' || problem.kind === 'empty'
  return isHidden ? `${attention}\n${texts.html('texts-not-shown')}` : attention
}

function nameOf(language: Language): string {
  return textsFor(language).plain('preferences-language')
}

/** Where the list of texts was left. */
function groupOf({ key }: Place) {
  const { group } = EDITABLE[key]
  const index = EDITABLE_KEYS.filter((one) => EDITABLE[one].group === group).indexOf(key)
  return { group, page: Math.floor(index / ON_PAGE) }
}
