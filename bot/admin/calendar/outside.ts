import { showEnd } from '../../dialogue/screen.ts'
import type { BotContext } from '../../runtime/turn.ts'
import type { ComingBooking } from '../../storage/coming.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { bookingLines } from './words.ts'

/** Asks whether hours are to change although bookings will lie outside them. */
export function askOutside(
  ctx: BotContext,
  outside: readonly ComingBooking[],
  { yes, back }: { yes: Button; back: Button },
): void {
  const { texts } = ctx.turn
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html('calendar-outside', { count: outside.length, list: bookingLines(ctx.turn, outside) }),
    keyboard: inline(
      [button(texts.plain('calendar-outside-yes'), yes)],
      [button(texts.plain('button-back'), back)],
    ),
  })
}

/** The line on top of the screen that follows a change: that it is made, and what is left to do. */
export function savedLine(
  { turn: { texts } }: BotContext,
  outcome: { kind: 'same' } | { kind: 'done'; outside: readonly ComingBooking[] },
): string {
  if (outcome.kind === 'same') return `${texts.html('calendar-same')}\n\n`
  const count = outcome.outside.length
  return `${count > 0 ? texts.html('calendar-saved-outside', { count }) : texts.html('calendar-saved')}\n\n`
}
