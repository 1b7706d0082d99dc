import { Composer } from 'grammy'
import { onButton, showEnd, whenOptions } from '../../dialogue/screen.ts'
import { slotLabel } from '../../dialogue/words.ts'
import { addDays, dayBounds, localDate } from '../../domain/time.ts'
import type { BotContext, Turn } from '../../runtime/turn.ts'
import { type LogFilter, listActions, listActors } from '../../storage/audit-log.ts'
import { LOG_PERIODS } from '../../telegram/buttons/journal.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { actionName, actorName, kindName } from './words.ts'

const ON_PAGE = 8
export type Filter = Omit<Extract<Button, { to: 'journal' }>, 'to'>

/** Who may read the audit log: what was done, newest first, of everybody or of one, about everything or about one thing. */
export function journalScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'journal', async (ctx, { to: _, ...filter }) => {
    await showJournal(ctx, filter)
    return undefined
  })
  return screen
}

export async function showJournal(ctx: BotContext, filter: Filter): Promise<void> {
  const { turn } = ctx
  const { tx, texts } = turn
  // A forged page far away would only make the database count.
  const page = Math.min(filter.page, 10_000)
  const { actions, hasMore } = await listActions(tx, logFilter(turn, filter), {
    offset: page * ON_PAGE,
    size: ON_PAGE,
  })
  const at = (to: number): Button => ({ to: 'journal', ...filter, page: to })
  const next = LOG_PERIODS[(LOG_PERIODS.indexOf(filter.period) + 1) % LOG_PERIODS.length] ?? 'all'
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html(actions.length > 0 ? 'journal-title' : 'journal-none', {
      who: await whoName(turn, filter.who),
      what: filter.kind === '' ? texts.plain('journal-everything') : kindName(turn, filter.kind),
      when: texts.plain(`journal-period-${filter.period}`),
    }),
    keyboard: inline(
      ...actions.map((one) => [
        button(
          `${slotLabel(one.at, whenOptions(turn))} · ${actionName(turn, one.action)} · ${actorName(turn, one)}`,
          { to: 'journal-card', ...filter, page, actionId: one.id },
        ),
      ]),
      [...(page > 0 ? [button('‹', at(page - 1))] : []), ...(hasMore ? [button('›', at(page + 1))] : [])],
      [
        button(texts.plain('journal-who'), { to: 'journal-who', ...filter, page: 0 }),
        button(texts.plain('journal-what'), { to: 'journal-kind', ...filter, page: 0 }),
        button(texts.plain(`journal-when-${next}`), { to: 'journal', ...filter, period: next, page: 0 }),
      ],
      [
        button(texts.plain('journal-export'), {
          to: 'journal-export',
          who: filter.who,
          kind: filter.kind,
          period: filter.period,
        }),
      ],
      [button(texts.plain('button-back'), { to: 'panel' })],
    ),
  })
}

const DAYS = { day: 1, week: 7, month: 30 } as const

/** The last days begin with a midnight: `day` is today. */
export function logFilter({ now, settings }: Turn, filter: Omit<Filter, 'page'>): LogFilter {
  const { who, kind, period } = filter
  const first = (days: number) => addDays(localDate(now, settings.timeZone), 1 - days)
  const since = period === 'all' ? null : dayBounds(first(DAYS[period]), settings.timeZone).start
  return { who, kind, since }
}

async function whoName(turn: Turn, who: string): Promise<string> {
  if (who === '') return turn.texts.plain('journal-everybody')
  const actors = await listActors(turn.tx)
  const actor = actors.find((one) => whoOf(one) === who)
  return actor ? actorName(turn, actor) : who
}

/** An author as a filter names them; undefined for an admin whom nobody knows any more. */
export function whoOf(actor: { actor: string; telegramId: number | null }): string | undefined {
  return actor.actor === 'admin' ? actor.telegramId?.toString() : actor.actor
}
