import { Composer } from 'grammy'
import { onAnswer, openQuestionAs } from '../dialogue/input.ts'
import { customerOf, onButton, showEnd } from '../dialogue/screen.ts'
import type { BotContext } from '../runtime/turn.ts'
import { findBooking } from '../storage/booking-lookup.ts'
import { saveCancelReason } from '../storage/booking-marks.ts'
import { button, type InlineButton } from '../telegram/keyboards.ts'
import { tellAdmins } from './notices.ts'

const REASON_MAX = 200
const REASONS = ['time', 'ill', 'mind'] as const

/** Who has just cancelled an own booking: why, if they like to say. */
export function cancelReasonScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'cancel-why', (ctx, { bookingId, why }) =>
    keep(ctx, bookingId, why === 'other' ? '' : ctx.turn.texts.plain(`cancel-why-${why}`)),
  )
  onAnswer(screen, 'cancel-why', async (ctx, { bookingId }, reason) => {
    if (reason.length > REASON_MAX) return ctx.turn.texts.html('answer-too-long', { count: REASON_MAX })
    await keep(ctx, bookingId, reason)
    return undefined
  })
  return screen
}

/** Opens the question; its rows go under the message that says that the booking is cancelled. */
export function askCancelReason(ctx: BotContext, bookingId: number): InlineButton[][] {
  openQuestionAs(ctx, { to: 'cancel-why', bookingId, why: 'other' })
  return REASONS.map((why) => [
    button(ctx.turn.texts.plain(`cancel-why-${why}`), { to: 'cancel-why', bookingId, why }),
  ])
}

async function keep(ctx: BotContext, bookingId: number, reason: string): Promise<string | undefined> {
  const { tx, texts } = ctx.turn
  const customerId = customerOf(ctx).id
  if (!(await saveCancelReason(tx, { bookingId, customerId, reason }))) return texts.plain('not-active')
  showEnd(ctx, { kind: 'screen', html: texts.html('cancel-reason-thanks') })
  const booking = await findBooking(tx, customerId, bookingId)
  if (booking) await tellAdmins(ctx, 'admin-cancel-reason', booking, { comment: reason })
  return undefined
}
