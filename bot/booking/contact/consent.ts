import { Composer } from 'grammy'
import { onAnswer } from '../../dialogue/input.ts'
import { customerOf, show, showEnd } from '../../dialogue/screen.ts'
import { plainContact } from '../../dialogue/words.ts'
import { CONSENT_VERSION } from '../../domain/contact.ts'
import { escapeHtml, type Html } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { giveConsent, refuseConsent } from '../../storage/contact.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { exits, isOptional, keepQuestion, onQuestionButton, type Resume } from './questions.ts'

/** Asks whether name and phone may be kept. */
export function askConsent(ctx: BotContext, next: Button): void {
  const { texts, settings } = ctx.turn
  show(ctx, {
    kind: 'question',
    html: texts.html('contact-consent', {
      title: settings.title,
      policy: {
        html: policyLines(ctx)
          .map((line) => `\n${line}`)
          .join(''),
      },
      without: withoutLine(ctx, next),
    }),
    keyboard: inline(
      [button(texts.plain('contact-agree'), { to: 'contact-agree' })],
      [button(texts.plain('contact-refuse'), { to: 'contact-refuse' })],
      exits(ctx, next),
    ),
  })
  keepQuestion(ctx, 'contact-consent', next)
}

/** The business's own policy, where it has one. */
export function policyLines({ turn: { texts, settings } }: BotContext): string[] {
  return settings.privacyUrl ? [texts.html('contact-policy', { url: escapeHtml(settings.privacyUrl) })] : []
}

/** Whether the booking depends on it. */
function withoutLine(ctx: BotContext, next: Button): Html {
  if (next.to !== 'time') return { html: '' }
  const key = isOptional(ctx, next) ? 'contact-without-possible' : 'contact-without-impossible'
  return { html: `\n\n${ctx.turn.texts.html(key)}` }
}

/** Any customer who was asked: agrees or does not. */
export function consentScreen(resume: Resume): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onQuestionButton(screen, 'contact-agree', 'contact-consent', async (ctx, next) => {
    await giveConsent(ctx.turn.tx, customerOf(ctx).id, CONSENT_VERSION, ctx.turn.now)
    return resume(ctx, next)
  })
  onQuestionButton(screen, 'contact-refuse', 'contact-consent', async (ctx, next) => {
    await refuseConsent(ctx.turn.tx, customerOf(ctx).id, CONSENT_VERSION, ctx.turn.now)
    if (next.to === 'time' && !isOptional(ctx, next)) {
      showRefused(ctx, next)
      return undefined
    }
    return resume(ctx, next.to === 'time' ? next : { to: 'own-contact' })
  })
  onAnswer(screen, 'contact-consent', (ctx) => ctx.turn.texts.html('contact-tap-please'))
  return screen
}

/** Nobody books here without consent: how to book all the same, and the way back. */
function showRefused(ctx: BotContext, next: Button): void {
  const { texts, settings } = ctx.turn
  showEnd(ctx, {
    kind: 'refusal',
    html: texts
      .html('contact-refused', { title: settings.title, contact: plainContact(texts, settings) })
      .trimEnd(),
    keyboard: inline([button(texts.plain('contact-reconsider'), next)]),
  })
}
