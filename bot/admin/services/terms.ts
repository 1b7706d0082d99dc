import { Composer } from 'grammy'
import { ask, onAnswer } from '../../dialogue/input.ts'
import { onButton, showEnd } from '../../dialogue/screen.ts'
import { factsOf, priceWords } from '../../dialogue/words.ts'
import { isOffered, type OwnTerms, withOwnTerm } from '../../domain/offers.ts'
import { isWithin, MINUTES_RANGE, parseMinutes, parsePrice } from '../../domain/service-input.ts'
import type { BotContext } from '../../runtime/turn.ts'
import type { OwnService } from '../../storage/services.ts'
import { listServiceIds, type OwnStaffMember, writeOffers } from '../../storage/staff-offers.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { button, type InlineButton, inline, inRows } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { SERVICE_FIELDS } from './fields.ts'
import { type Found, findOwnPair } from './found.ts'

type TermName = (Button & { to: 'service-term' })['term']
type Pair = { service: OwnService; member: OwnStaffMember }

const STORED: Record<TermName, keyof OwnTerms> = { minutes: 'minutes', price: 'priceMinor' }

/** Who may edit services: how long one member of staff takes for a service and what it costs there, where that differs. */
export function serviceTermsScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'service-terms', async (ctx, ids) => {
    const pair = await findOwnPair(ctx, ids)
    if (!pair.ok) return pair.say
    showTerms(ctx, pair.found)
    return undefined
  })
  onButton(screen, 'service-term', async (ctx, { term, ...ids }) => {
    const pair = await findOwnPair(ctx, ids)
    if (!pair.ok) return pair.say
    askTerm(ctx, pair.found, term)
    return undefined
  })
  onAnswer(screen, 'service-term', async (ctx, { term, ...ids }, text) => {
    const { texts } = ctx.turn
    const value = term === 'minutes' ? minutesOf(text) : ownPriceOf(text)
    if (value === undefined)
      return texts.html(term === 'minutes' ? 'services-wrong-minutes' : 'services-wrong-own-price')
    await setTerm(ctx, ids, term, value, texts.html('services-saved'))
    return undefined
  })
  onButton(screen, 'service-term-set', async (ctx, { term, value, ...ids }) => {
    // Prices are typed; what a button can say of one is only that it is the service's again.
    const allowed = value === null || (term === 'minutes' && isWithin(value, MINUTES_RANGE))
    if (!allowed) return ctx.turn.texts.plain('outdated')
    const pair = await setTerm(ctx, ids, term, value ?? undefined)
    return pair.ok ? ctx.turn.texts.plain('services-saved') : pair.say
  })
  return screen
}

function minutesOf(text: string): number | undefined {
  const minutes = parseMinutes(text)
  return minutes !== undefined && isWithin(minutes, MINUTES_RANGE) ? minutes : undefined
}

/** "From" is said of the service and holds for everybody who gives it. */
function ownPriceOf(text: string): number | undefined {
  const price = parsePrice(text)
  return price && !price.priceFrom && price.priceMinor !== null ? price.priceMinor : undefined
}

async function setTerm(
  ctx: BotContext,
  ids: { serviceId: number; staffId: number },
  term: TermName,
  value: number | undefined,
  note?: string,
): Promise<Found<Pair>> {
  const { tx } = ctx.turn
  const pair = await findOwnPair(ctx, ids)
  if (!pair.ok) return pair
  const { service, member } = pair.found
  const { serviceId, staffId } = ids
  const offers = withOwnTerm(member.offers, await listServiceIds(tx), serviceId, STORED[term], value)
  if (ownOf(member, serviceId)[STORED[term]] !== value) {
    await writeOffers(tx, staffId, offers)
    await audit(ctx, 'service.terms', `service:${serviceId}`, {
      before: { staffId, ...ownOf(member, serviceId) },
      after: { staffId, ...ownOf({ offers }, serviceId) },
    })
  }
  showTerms(ctx, { service, member: { ...member, offers } }, note)
  return pair
}

function ownOf({ offers }: Pick<OwnStaffMember, 'offers'>, serviceId: number): OwnTerms {
  return offers?.[String(serviceId)] ?? {}
}

function showTerms(ctx: BotContext, { service, member }: Pair, note?: string): void {
  const { texts } = ctx.turn
  const ids = { serviceId: service.id, staffId: member.id }
  const own = ownOf(member, service.id)
  const row = (term: TermName): InlineButton[] => [
    button(texts.plain(`services-term-${term}`), { to: 'service-term', ...ids, term }),
    ...(own[STORED[term]] === undefined
      ? []
      : [button(texts.plain('services-term-reset'), { to: 'service-term-set', ...ids, term, value: null })]),
  ]
  const gives = isOffered(member.offers, service.id)
  const names = { service: service.name, member: member.name }
  showEnd(ctx, {
    kind: 'screen',
    html: gives
      ? texts.html('services-terms', {
          note: { html: note === undefined ? '' : `${note}\n\n` },
          ...names,
          facts: factsOf(texts, { ...service, ...own }),
          base: factsOf(texts, service),
        })
      : texts.html('services-terms-none', names),
    keyboard: inline(...(gives ? [row('minutes'), row('price')] : []), [
      button(texts.plain('button-back'), { to: 'service-staff', serviceId: service.id, page: 0 }),
    ]),
  })
}

function askTerm(ctx: BotContext, { service, member }: Pair, term: TermName): void {
  const { texts } = ctx.turn
  const ids = { serviceId: service.id, staffId: member.id }
  const base =
    term === 'minutes'
      ? texts.plain('minutes', { minutes: service.minutes })
      : (priceWords(texts, service) ?? texts.plain('services-no-price'))
  const choices =
    term === 'minutes'
      ? SERVICE_FIELDS.minutes.choices.map((value) =>
          button(texts.plain('minutes', { minutes: value ?? 0 }), {
            to: 'service-term-set',
            ...ids,
            term,
            value,
          }),
        )
      : []
  ask(ctx, {
    about: { to: 'service-term', ...ids, term },
    html: texts.html(`services-ask-term-${term}`, { service: service.name, member: member.name, base }),
    back: { to: 'service-terms', ...ids },
    choices: inRows(choices, 3),
  })
}
