import { Composer } from 'grammy'
import { pageOf } from '../../dialogue/pages.ts'
import { onButton, showEnd } from '../../dialogue/screen.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { listActors, listKinds } from '../../storage/audit-log.ts'
import { KIND_FORM } from '../../telegram/buttons/journal.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { type Filter, whoOf } from './list.ts'
import { actorName, kindName } from './words.ts'

/** Who may read the audit log: of whom, and about what, it is to be shown. */
export function filterScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'journal-who', async (ctx, { to: _, ...filter }) => {
    const actors = (await listActors(ctx.turn.tx)).flatMap((one) => {
      const who = whoOf(one)
      return who === undefined ? [] : [{ label: actorName(ctx.turn, one), chosen: { who } }]
    })
    showChoice(ctx, 'journal-who', filter, [
      { label: ctx.turn.texts.plain('journal-everybody'), chosen: { who: '' } },
      ...actors,
    ])
    return undefined
  })
  onButton(screen, 'journal-kind', async (ctx, { to: _, ...filter }) => {
    // Names of imported actions may be longer than a button holds: they are among all.
    const kinds = (await listKinds(ctx.turn.tx)).filter((kind) => kind !== '' && KIND_FORM.test(kind))
    showChoice(ctx, 'journal-kind', filter, [
      { label: ctx.turn.texts.plain('journal-everything'), chosen: { kind: '' } },
      ...kinds.map((kind) => ({ label: kindName(ctx.turn, kind), chosen: { kind } })),
    ])
    return undefined
  })
  return screen
}

function showChoice(
  ctx: BotContext,
  to: 'journal-who' | 'journal-kind',
  filter: Filter,
  choices: readonly { label: string; chosen: Partial<Filter> }[],
): void {
  const { texts } = ctx.turn
  const { items, arrows } = pageOf(choices, {
    page: filter.page,
    turnTo: (page) => ({ to, ...filter, page }),
  })
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html(to === 'journal-who' ? 'journal-ask-who' : 'journal-ask-kind'),
    keyboard: inline(
      ...items.map(({ label, chosen }) => [button(label, { to: 'journal', ...filter, ...chosen, page: 0 })]),
      arrows,
      [button(texts.plain('button-back'), { to: 'journal', ...filter, page: 0 })],
    ),
  })
}
