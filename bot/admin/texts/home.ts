import { Composer } from 'grammy'
import { pageOf } from '../../dialogue/pages.ts'
import { onButton, showEnd } from '../../dialogue/screen.ts'
import { EDITABLE, EDITABLE_KEYS, TEXT_GROUPS, type TextGroup } from '../../i18n/editable.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { listOwnTexts } from '../../storage/own-texts.ts'
import { button, inline, inRows } from '../../telegram/keyboards.ts'
import { editableOnes, problemOf } from './words.ts'

/** Super admins: the sections of texts, and the texts of one. */
export function textsHomeScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'texts', async (ctx) => {
    const { texts, tx } = ctx.turn
    const own = editableOnes(await listOwnTexts(tx))
    const wrong = own.filter((one) => problemOf(one) !== undefined)
    showEnd(ctx, {
      kind: 'screen',
      html: [
        texts.html('texts-title'),
        ...(own.length > 0 ? ['', texts.html('texts-counts', { own: own.length })] : []),
        ...(wrong.length > 0 ? [texts.html('texts-attention', { count: wrong.length })] : []),
      ].join('\n'),
      keyboard: inline(
        ...inRows(
          TEXT_GROUPS.map((group) =>
            button(
              markOf(wrong, ({ key }) => EDITABLE[key].group === group) + texts.plain(`texts-group-${group}`),
              { to: 'text-group', group, page: 0 },
            ),
          ),
          2,
        ),
        [button(texts.plain('button-back'), { to: 'panel' })],
      ),
    })
    return undefined
  })
  onButton(screen, 'text-group', async (ctx, { group, page }) => {
    await showTextGroup(ctx, group, page)
    return undefined
  })
  return screen
}

async function showTextGroup(ctx: BotContext, group: TextGroup, wanted: number): Promise<void> {
  const { texts, tx } = ctx.turn
  const own = editableOnes(await listOwnTexts(tx))
  const wrong = own.filter((one) => problemOf(one) !== undefined)
  const keys = EDITABLE_KEYS.filter((key) => EDITABLE[key].group === group)
  const { items, arrows } = pageOf(keys, {
    page: wanted,
    turnTo: (page) => ({ to: 'text-group', group, page }),
  })
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html('texts-group', { group: texts.plain(`texts-group-${group}`) }),
    keyboard: inline(
      ...items.map((key) => {
        const isThis = (one: { key: string }) => one.key === key
        const mark = markOf(wrong, isThis) || (own.some(isThis) ? '✏️ ' : '')
        return [
          button(mark + texts.plain(`texts-name-${key}`), { to: 'text', key, language: texts.language }),
        ]
      }),
      arrows,
      [button(texts.plain('button-back'), { to: 'texts' })],
    ),
  })
}

function markOf<T>(wrong: readonly T[], isHere: (one: T) => boolean): string {
  return wrong.some(isHere) ? '⚠️ ' : ''
}
