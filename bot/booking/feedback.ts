import { Composer } from 'grammy'
import { onAnswer, openQuestionAs } from '../dialogue/input.ts'
import { customerOf, onButton, show, showEnd } from '../dialogue/screen.ts'
import type { BotContext } from '../runtime/turn.ts'
import { findBooking } from '../storage/booking-lookup.ts'
import { saveComment, saveRating } from '../storage/feedback.ts'
import { button, inline, linkButton } from '../telegram/keyboards.ts'
import { askForNewsOnce } from './news-question.ts'
import { tellAdmins } from './notices.ts'

/** A rating of so many stars or fewer reaches the admins at once; of so many or more, it may become a public review. */
const LOW = 3
const HIGH = 4
const COMMENT_MAX = 1_000

/** The customer of a visit that has ended: how many stars, and a comment to them. */
export function feedbackScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'rate', async (ctx, { bookingId, stars }) => {
    const { tx, texts, now } = ctx.turn
    const customerId = customerOf(ctx).id
    const rating = Number(stars)
    const outcome = await saveRating(tx, { bookingId, customerId, rating }, now)
    if (outcome === 'not-yours') return texts.plain('not-yours')
    if (outcome === 'again') return texts.plain('feedback-again')
    show(ctx, {
      kind: 'question',
      html: texts.html('feedback-thanks', { stars: starsOf(rating) }),
      keyboard: inline(
        [button(texts.plain('feedback-no-comment'), { to: 'no-comment', stars })],
        ...mapRow(ctx, rating),
      ),
    })
    openQuestionAs(ctx, { to: 'comment', bookingId })
    if (rating <= LOW) await tellOf(ctx, bookingId, 'admin-low-rating', { stars: starsOf(rating) })
    return undefined
  })
  onAnswer(screen, 'comment', async (ctx, { bookingId }, comment) => {
    const { tx, texts } = ctx.turn
    if (comment.length > COMMENT_MAX) return texts.html('answer-too-long', { count: COMMENT_MAX })
    const rating = await saveComment(tx, { bookingId, customerId: customerOf(ctx).id, comment })
    if (rating === undefined) {
      show(ctx, { kind: 'screen', html: texts.html('feedback-again') })
      return undefined
    }
    await showDone(ctx, rating)
    await tellOf(ctx, bookingId, 'admin-comment', { stars: starsOf(rating), comment })
    return undefined
  })
  onButton(screen, 'no-comment', async (ctx, { stars }) => {
    await showDone(ctx, Number(stars))
    return undefined
  })
  return screen
}

/** The end; who was content may be asked whether the business may write to them. */
async function showDone(ctx: BotContext, rating: number): Promise<void> {
  const rows = mapRow(ctx, rating)
  showEnd(ctx, {
    kind: 'screen',
    html: ctx.turn.texts.html(rows.length > 0 ? 'feedback-done-map' : 'feedback-done'),
    keyboard: inline(...rows),
  })
  if (rating >= HIGH) await askForNewsOnce(ctx)
}

/** The way to a public review, for customers who were content. */
function mapRow({ turn: { settings, texts } }: BotContext, rating: number) {
  return rating >= HIGH && settings.mapUrl ? [[linkButton(texts.plain('feedback-map'), settings.mapUrl)]] : []
}

export function starsOf(rating: number): string {
  return '★'.repeat(rating) + '☆'.repeat(5 - rating)
}

async function tellOf(
  ctx: BotContext,
  bookingId: number,
  notice: 'admin-low-rating' | 'admin-comment',
  facts: { stars: string; comment?: string },
): Promise<void> {
  const booking = await findBooking(ctx.turn.tx, customerOf(ctx).id, bookingId)
  if (booking) await tellAdmins(ctx, notice, booking, facts)
}
