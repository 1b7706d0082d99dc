import { escapeHtml, shorten } from '../i18n/texts.ts'
import type { BotContext } from '../runtime/turn.ts'
import type { Visit } from '../storage/visits.ts'
import { whenOptions } from './screen.ts'
import { customerLink, serviceName, whenWords } from './words.ts'

/** A booking for whoever works it (HTML): when, what, who comes and how to reach them. */
export function visitLine(ctx: BotContext, { startsAt, endsAt, lines, customer, status }: Visit): string {
  const phone = customer.phone ? `, ${escapeHtml(customer.phone).html}` : ''
  return [
    `${status === 'pending' ? '⏳ ' : ''}<b>${whenWords(startsAt, endsAt, whenOptions(ctx.turn))}</b>`,
    escapeHtml(shorten(serviceName({ lines }), 100)).html,
    `${customerLink(customer).html}${phone}`,
  ].join('\n')
}
