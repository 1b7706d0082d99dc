import { Composer } from 'grammy'
import { onButton, showEnd } from '../../dialogue/screen.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { deleteBlock, findBlock, listBlocks } from '../../storage/blocks.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { closingWords } from './block-view.ts'
import { intervalWords } from './words.ts'

const ON_PAGE = 8

/** Who may change the calendar: closed time, what is to come first; opening it again. */
export function blocksScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'calendar-blocks', async (ctx, { page }) => {
    await showBlocks(ctx, page)
    return undefined
  })
  onButton(screen, 'calendar-block-card', async (ctx, { blockId }) => {
    const { tx, texts } = ctx.turn
    const block = await findBlock(tx, blockId)
    if (!block) return showBlocksAgain(ctx)
    showEnd(ctx, {
      kind: 'screen',
      html: texts.html('calendar-block-card', { what: await closingWords(ctx, block, block.reason) }),
      keyboard: inline(
        [button(texts.plain('calendar-block-open'), { to: 'calendar-block-remove', blockId })],
        [button(texts.plain('button-back'), { to: 'calendar-blocks', page: 0 })],
      ),
    })
    return undefined
  })
  onButton(screen, 'calendar-block-remove', async (ctx, { blockId }) => {
    const { tx, texts } = ctx.turn
    const block = await findBlock(tx, blockId)
    if (!block || !(await deleteBlock(tx, blockId))) return showBlocksAgain(ctx)
    await audit(ctx, 'block.remove', `block:${blockId}`, { before: block })
    await showBlocks(ctx, 0)
    return texts.plain('calendar-block-opened')
  })
  return screen
}

async function showBlocksAgain(ctx: BotContext): Promise<string> {
  await showBlocks(ctx, 0)
  return ctx.turn.texts.plain('calendar-block-gone')
}

async function showBlocks(ctx: BotContext, wanted: number): Promise<void> {
  const { tx, texts, now } = ctx.turn
  // A forged page far away would only make the database count.
  const page = Math.min(wanted, 1_000)
  const { blocks, hasMore } = await listBlocks(tx, now, { offset: page * ON_PAGE, size: ON_PAGE })
  const rows = blocks.map((block) => {
    const words = [
      intervalWords(ctx.turn, block, 'short'),
      ...(block.staffName === null ? [] : [block.staffName]),
    ].join(' · ')
    return [button(block.end <= now ? `✓ ${words}` : words, { to: 'calendar-block-card', blockId: block.id })]
  })
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html(blocks.length > 0 ? 'calendar-blocks' : 'calendar-blocks-none'),
    keyboard: inline(
      ...rows,
      [
        ...(page > 0 ? [button('‹', { to: 'calendar-blocks', page: page - 1 })] : []),
        ...(hasMore ? [button('›', { to: 'calendar-blocks', page: page + 1 })] : []),
      ],
      [button(texts.plain('calendar-block-add'), { to: 'calendar-block' })],
      [button(texts.plain('button-back'), { to: 'calendar' })],
    ),
  })
}
