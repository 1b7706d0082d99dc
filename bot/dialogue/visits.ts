import { escapeHtml, shorten } from '../i18n/texts.ts'
import type { BotContext } from '../runtime/turn.ts'
import type { Visit } from '../storage/visits.ts'
import { whenOptions } from './screen.ts'
import { customerContact, serviceName, whenWords } from './words.ts'

/** A booking for whoever works it (HTML): when, what, who comes and how to reach them. */
export function visitLine(ctx: BotContext, { startsAt, endsAt, lines, customer, status }: Visit): string {
  return [
    `${status === 'pending' ? '⏳ ' : ''}<b>${whenWords(startsAt, endsAt, whenOptions(ctx.turn))}</b>`,
    escapeHtml(shorten(serviceName({ lines }), 100)).html,
    customerContact(customer).html,
  ].join('\n')
}
