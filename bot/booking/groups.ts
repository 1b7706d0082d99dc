import { Composer } from 'grammy'
import type { BotContext } from '../runtime/turn.ts'

/**
 * Groups and channels: bookings are private. Said when somebody calls the bot by a command, once a day in each group;
 * anything else there is other people's talk. Kept in Redis under the group's id, which is never a person's.
 */
export function groupsScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  screen.on('message:entities:bot_command', async (ctx) => {
    const { client, effects, texts } = ctx.turn
    const addressee = /^\/\w+@(\w+)/.exec(ctx.message.text ?? '')?.[1]
    if (addressee && addressee.toLowerCase() !== ctx.me.username.toLowerCase()) return
    if (await client.sessions.readDialogue(ctx.chat.id)) return
    await client.sessions.writeDialogue(ctx.chat.id, { v: 1, screen: 'only-private' })
    const link = { html: `https://t.me/${ctx.me.username}` }
    effects.send(ctx.chat.id, { kind: 'only-private', html: texts.html('only-private', { link }) })
  })
  screen.on('callback_query', (ctx) => {
    ctx.turn.effects.toast(ctx.turn.texts.plain('outdated'))
  })
  return screen
}
