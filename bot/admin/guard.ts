import type { MiddlewareFn } from 'grammy'
import { openQuestion } from '../dialogue/input.ts'
import { MENU_KEYS, menuWords } from '../dialogue/menu.ts'
import { pressedButton } from '../dialogue/screen.ts'
import { mayDo, type Permission } from '../domain/permissions.ts'
import type { BotContext } from '../runtime/turn.ts'
import { permissionFor } from '../telegram/callback-data.ts'

/**
 * The one place where rights are checked: the panel's screens hear only of updates that come through here. The right
 * stands at the button's form; a typed answer needs the right of the question's button.
 */
export function guarded(screens: MiddlewareFn<BotContext>): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    const { role, effects, texts, dialogue } = ctx.turn
    const permission = neededFor(ctx)
    if (permission === undefined) return next()
    if (mayDo(role, permission)) return screens(ctx, next)
    // A question may still be open from the time when its admin was allowed to answer it.
    if (dialogue?.input) effects.dialogue(null)
    // To a customer the panel does not exist: what is typed is answered like anything that nobody understands.
    if (role === undefined && !ctx.callbackQuery) return next()
    if (ctx.callbackQuery) effects.toast(texts.plain('not-allowed'), { alert: true })
    else if (ctx.chat) effects.send(ctx.chat.id, { kind: 'refusal', html: texts.html('not-allowed') })
    return undefined
  }
}

/** What the sender of this update must be allowed; undefined where it leads to no screen of the panel. */
function neededFor(ctx: BotContext): Permission | undefined {
  if (ctx.callbackQuery) {
    const pressed = pressedButton(ctx)
    return pressed && permissionFor(pressed.to)
  }
  if (!ctx.message) return undefined
  const { text = '' } = ctx.message
  if (PANEL_WORDS.has(text)) return 'panel'
  // Commands and the words of the menu leave a question.
  if (text.startsWith('/') || MENU_WORDS.has(text)) return undefined
  const question = openQuestion(ctx)
  return question && permissionFor(question.to)
}

const PANEL_WORDS = new Set(['/admin', ...menuWords('menu-admin')])
const MENU_WORDS = new Set(MENU_KEYS.flatMap(menuWords))
