import { Composer } from 'grammy'
import { onButton, showEnd } from '../../dialogue/screen.ts'
import { monthOf } from '../../domain/calendar.ts'
import { localDate } from '../../domain/time.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { button, inline } from '../../telegram/keyboards.ts'

/** Admins who run the bookings: what can be done to many of them at once. */
export function homeScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'mass', (ctx) => {
    const { texts, now, settings } = ctx.turn
    const month = monthOf(localDate(now, settings.timeZone))
    const door = (op: 'shift' | 'service' | 'cancel') => [
      button(texts.plain(`mass-${op}-door`), { to: 'mass-pick', op, month, from: null }),
    ]
    showEnd(ctx, {
      kind: 'screen',
      html: texts.html('mass-home'),
      keyboard: inline(door('shift'), door('service'), door('cancel'), [
        button(texts.plain('button-back'), { to: 'panel' }),
      ]),
    })
    return undefined
  })
  return screen
}
