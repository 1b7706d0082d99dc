import { Composer } from 'grammy'
import { onButton, showEnd } from '../../dialogue/screen.ts'
import { monthOf } from '../../domain/calendar.ts'
import { localDate } from '../../domain/time.ts'
import { shorten } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { listStaff } from '../../storage/catalogue.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { button, inline, inRows } from '../../telegram/keyboards.ts'
import { showPick } from './pick.ts'

const NAME_ON_BUTTON = 32
/** Telegram takes 100 buttons. */
const STAFF_ON_SCREEN = 90

/** Who may change the calendar: whose time is to be closed, where there are several to choose from. */
export function blockScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'calendar-block', async (ctx) => {
    const { texts, tx, now, settings } = ctx.turn
    const picking = (staffId: number | null): Button & { to: 'calendar-pick' } => ({
      to: 'calendar-pick',
      aim: { kind: 'block', staffId },
      month: monthOf(localDate(now, settings.timeZone)),
      from: null,
    })
    const staff = await listStaff(tx)
    if (staff.length < 2) {
      showPick(ctx, picking(null))
      return undefined
    }
    const members = staff
      .slice(0, STAFF_ON_SCREEN)
      .map(({ id, name }) => button(shorten(name, NAME_ON_BUTTON), picking(id)))
    showEnd(ctx, {
      kind: 'screen',
      html: texts.html('calendar-block-who'),
      keyboard: inline([button(texts.plain('calendar-everybody'), picking(null))], ...inRows(members, 2), [
        button(texts.plain('button-back'), { to: 'calendar-blocks', page: 0 }),
      ]),
    })
    return undefined
  })
  return screen
}
