import { Composer } from 'grammy'
import { onButton } from '../../dialogue/screen.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { showCard } from './card.ts'
import { openVisit } from './open-visit.ts'

/** Admins who run the bookings: one booking, from a list or from a notice. */
export function cardScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'visit', async (ctx, { bookingId }) => {
    const opened = await openVisit(ctx, bookingId)
    if (!opened.ok) return opened.say
    await showCard(ctx, opened.visit)
    return undefined
  })
  return screen
}
