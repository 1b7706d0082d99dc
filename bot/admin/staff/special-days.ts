import { Composer } from 'grammy'
import { pageOf } from '../../dialogue/pages.ts'
import { showEnd, whenOptions } from '../../dialogue/screen.ts'
import { spanWords } from '../../dialogue/words.ts'
import type { DateSpan } from '../../domain/dates-text.ts'
import type { SpecialDays } from '../../domain/special-days.ts'
import { localDate } from '../../domain/time.ts'
import { escapeHtml } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import type { Member } from '../../storage/staff.ts'
import { dropSpecialDays, listSpecialDays, lockMemberHours } from '../../storage/staff-hours.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { onMember } from './members.ts'
import { rangesWords } from './words.ts'

/** Days of a member that are not as usual: off, or with other hours. */
export function specialDaysScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onMember(screen, 'special-days', async (ctx, member, { page }) => {
    await showSpecialDays(ctx, member, page)
    return undefined
  })
  onMember(screen, 'special-day', async (ctx, member, { first, last }) => {
    const { texts } = ctx.turn
    const { id: staffId } = member
    const days = await find(ctx, staffId, { from: first, to: last })
    if (!days) {
      await showSpecialDays(ctx, member, 0)
      return texts.plain('staff-special-gone')
    }
    showEnd(ctx, {
      kind: 'screen',
      html: texts.html('staff-special-card', { days: { html: lineOf(ctx, days) } }),
      keyboard: inline(
        [button(texts.plain('staff-button-special-drop'), { to: 'special-drop', staffId, first, last })],
        [button(texts.plain('button-back'), { to: 'special-days', staffId, page: 0 })],
      ),
    })
    return undefined
  })
  onMember(screen, 'special-drop', async (ctx, member, { first, last }) => {
    const { tx, texts } = ctx.turn
    const span = { from: first, to: last }
    await lockMemberHours(tx, member.id)
    const before = await find(ctx, member.id, span)
    if (before && (await dropSpecialDays(tx, member.id, span)))
      await audit(ctx, 'staff.special-days', `staff:${member.id}`, { before })
    await showSpecialDays(ctx, member, 0)
    return texts.plain('staff-special-dropped')
  })
  return screen
}

export async function showSpecialDays(
  ctx: BotContext,
  { id: staffId, name }: Member,
  page: number,
): Promise<void> {
  const { texts } = ctx.turn
  const list = await upcoming(ctx, staffId)
  const { items, arrows } = pageOf(list, {
    page,
    turnTo: (to) => ({ to: 'special-days', staffId, page: to }),
  })
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html(list.length > 0 ? 'staff-special' : 'staff-special-none', { name }),
    keyboard: inline(
      ...items.map((days) => [
        button(`${spanWords(days, whenOptions(ctx.turn))} · ${rangesWords(texts, days.ranges)}`, {
          to: 'special-day',
          staffId,
          first: days.from,
          last: days.to,
        }),
      ]),
      arrows,
      [button(texts.plain('staff-button-off-add'), { to: 'off-add', staffId })],
      [button(texts.plain('staff-button-special-add'), { to: 'special-add', staffId })],
      [button(texts.plain('staff-button-next-days'), { to: 'next-days', staffId })],
      [button(texts.plain('button-back'), { to: 'staff-member', staffId })],
    ),
  })
}

function upcoming(ctx: BotContext, staffId: number): Promise<SpecialDays[]> {
  const { tx, now, settings } = ctx.turn
  return listSpecialDays(tx, staffId, localDate(now, settings.timeZone))
}

async function find(ctx: BotContext, staffId: number, span: DateSpan): Promise<SpecialDays | undefined> {
  return (await upcoming(ctx, staffId)).find(({ from, to }) => from === span.from && to === span.to)
}

function lineOf(ctx: BotContext, days: SpecialDays): string {
  const note = days.note ? `\n${escapeHtml(days.note).html}` : ''
  return `<b>${spanWords(days, whenOptions(ctx.turn))}</b>\n${rangesWords(ctx.turn.texts, days.ranges)}${note}`
}
