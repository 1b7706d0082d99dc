import { Composer } from 'grammy'
import type { BotContext } from '../../runtime/turn.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { askConsent, consentScreen } from './consent.ts'
import { askName, nameScreen } from './name.ts'
import { changeContact, ownContactScreen, showOwnContact } from './own.ts'
import { askPhone, phoneScreen } from './phone.ts'
import { askedQuestion, nextOf, type Resume, showLost } from './questions.ts'
import { withdrawScreen } from './withdraw.ts'

const ASK = { 'contact-consent': askConsent, 'contact-name': askName, 'contact-phone': askPhone } as const

/**
 * A customer's name and phone: asked before a booking (`gate.ts`), changed later, taken back. `showTime` goes on with
 * the time that was chosen.
 */
export function contactScreens(
  showTime: (ctx: BotContext, tapped: Extract<Button, { to: 'time' }>) => Promise<string | undefined>,
): Composer<BotContext> {
  const resume: Resume = async (ctx, next) => {
    if (next?.to === 'time') return showTime(ctx, next)
    if (next?.to === 'change-contact') await changeContact(ctx, next.what)
    else if (next?.to === 'own-contact') await showOwnContact(ctx)
    else showLost(ctx)
    return undefined
  }
  const screens = new Composer<BotContext>()
  screens.use(
    consentScreen(resume),
    nameScreen(resume),
    phoneScreen(resume),
    ownContactScreen(),
    withdrawScreen(),
    askAgain(),
  )
  return screens
}

/** A sticker, a photo, a voice: no answer to any of these questions, so the open one is asked again. */
function askAgain(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  screen.on('message', (ctx, next) => {
    const question = askedQuestion(ctx)
    const after = nextOf(ctx)
    if (!question || !after || ctx.message.text !== undefined) return next()
    ASK[question](ctx, after)
    return undefined
  })
  return screen
}
