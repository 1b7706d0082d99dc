import { Composer } from 'grammy'
import { bookTime } from '../../booking/claim.ts'
import { intentOf, showOtherTimes } from '../../booking/summary.ts'
import { customerOf, onButton, showStep, whenOptions } from '../../dialogue/screen.ts'
import { whenWords } from '../../dialogue/words.ts'
import { escapeHtml, type Html } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { listStaff } from '../../storage/catalogue.ts'
import { ensureCustomer, findCustomer } from '../../storage/customer-search.ts'
import type { VisitCustomer } from '../../storage/visit-customer.ts'
import { findVisit, findVisitByIntent } from '../../storage/visits.ts'
import { type Flow, wantedServices } from '../../telegram/button-fields.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { adminAuthor, audit } from '../audit.ts'
import { type AdminFlow, adminShop, openAdminFlow, previewStart } from './admin-flow.ts'
import { contactOf, showCard } from './card.ts'
import { reachText, tellConcerned } from './tell.ts'
import { askWhoOrOtherTime } from './who.ts'
import { lineIf, priceText, staffLine } from './words.ts'

type Wanted = Extract<Button, { to: 'hand-sure' | 'hand-book' }>

/** Somebody of whom only name and phone are known yet. */
interface NewPerson {
  name: string
  phone: string | undefined
}

/** Admins who run the bookings: the decision about a booking by hand. */
export function bookScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'hand-sure', async (ctx, wanted) => {
    const open = await openAdminFlow(ctx, wanted.flow)
    if (open.kind === 'refused') return open.say
    const person = await personOf(ctx, wanted)
    if (!person) return askAgain(ctx, open, wanted)
    await showSummary(ctx, open, wanted, person)
    return undefined
  })
  onButton(screen, 'hand-book', async (ctx, wanted) => {
    const { tx, texts } = ctx.turn
    const intent = `admin:${customerOf(ctx).id}:${wanted.intent}`
    const made = await findVisitByIntent(tx, intent)
    if (made) {
      await showCard(ctx, made)
      return texts.plain('schedule-hand-again')
    }
    const open = await openAdminFlow(ctx, wanted.flow)
    if (open.kind === 'refused') return open.say
    const person = await personOf(ctx, wanted)
    if (!person) return askAgain(ctx, open, wanted)
    return book(ctx, open, { ...wanted, intent }, person)
  })
  return screen
}

/** Whom a button means: a customer, or the new person whose name was typed before it; undefined where that was lost. */
async function personOf(
  { turn }: BotContext,
  { customerId }: Wanted,
): Promise<VisitCustomer | NewPerson | undefined> {
  if (customerId !== null) return findCustomer(turn.tx, customerId)
  const { name, phone } = turn.dialogue?.draft ?? {}
  if (typeof name !== 'string' || name === '') return undefined
  return { name, phone: typeof phone === 'string' ? phone : undefined }
}

async function askAgain(ctx: BotContext, open: AdminFlow, { startsAt }: Wanted): Promise<string> {
  await askWhoOrOtherTime(ctx, open, startsAt)
  return ctx.turn.texts.plain('schedule-hand-lost')
}

function isKnown(person: VisitCustomer | NewPerson): person is VisitCustomer {
  return 'id' in person
}

async function showSummary(
  ctx: BotContext,
  open: AdminFlow,
  wanted: Wanted,
  person: VisitCustomer | NewPerson,
): Promise<void> {
  const { tx, texts, effects, dialogue } = ctx.turn
  const { flow, startsAt } = wanted
  const preview = await previewStart(ctx, open, startsAt)
  if (!preview.ok) return showOtherTimes(ctx, open, startsAt, preview.reason)
  const { end, starts, staffName, priceMinor } = preview
  const currency = open.kind === 'book' ? open.services[0].currency : open.booking.currency
  const price = priceText(texts, { priceMinor, currency })
  const several = (await listStaff(tx)).length > 1 && flow.kind === 'book' && flow.staffId !== null
  const outside = starts === 'any'
  showStep(ctx, 'hand-sure', {
    kind: 'screen',
    html: texts.html('schedule-hand-sure', {
      customer: isKnown(person) ? contactOf({ customer: person }) : newPersonText(person),
      service: open.name,
      staff: staffLine(texts, several ? staffName : undefined),
      when: whenWords(startsAt, end, whenOptions(ctx.turn)),
      price: { html: price === '' ? '' : `\n${texts.html('line-price', { price })}` },
      warning: lineIf(outside, texts.html('schedule-outside-hours')),
      reach: isKnown(person)
        ? reachText(ctx, person, startsAt)
        : { html: texts.html('schedule-cannot-tell') },
    }),
    keyboard: inline(
      [
        button(texts.plain(outside ? 'schedule-anyway' : 'schedule-hand-yes'), {
          to: 'hand-book',
          flow,
          startsAt,
          starts,
          customerId: wanted.customerId,
          intent: intentOf(ctx),
        }),
      ],
      [button(texts.plain('button-back'), { to: 'hand-who', flow, startsAt, starts })],
    ),
  })
  // The name of somebody new is nowhere else yet.
  if (!isKnown(person)) effects.dialogue({ v: 1, screen: 'hand-sure', draft: { ...dialogue?.draft } })
}

function newPersonText({ name, phone }: NewPerson): Html {
  return escapeHtml(phone === undefined ? name : `${name}, ${phone}`)
}

async function book(
  ctx: BotContext,
  open: AdminFlow,
  wanted: { flow: Flow; startsAt: number; starts: 'in-hours' | 'any'; intent: string },
  person: VisitCustomer | NewPerson,
): Promise<string | undefined> {
  const { tx, texts, client, now } = ctx.turn
  const { startsAt, starts, intent, flow } = wanted
  if (flow.kind !== 'book') return texts.plain('schedule-not-on-offer')
  const preview = await previewStart(ctx, open, startsAt)
  // Nobody is written down for a time that is not to be had.
  if (!preview.ok) {
    await showOtherTimes(ctx, open, startsAt, preview.reason)
    return undefined
  }
  const customer = isKnown(person) ? person : await ensureCustomer(tx, client.clientId, person, now)
  const outcome = await bookTime(tx, adminShop(ctx, { starts }), {
    customerId: customer.id,
    serviceIds: wantedServices(flow),
    staffId: flow.staffId,
    startsAt,
    intent,
    author: adminAuthor(ctx),
  })
  if (!outcome.ok) {
    const { reason } = outcome
    await showOtherTimes(
      ctx,
      open,
      startsAt,
      reason === 'limit-reached' ||
        reason === 'denied' ||
        reason === 'not-on-offer' ||
        reason === 'terms-changed'
        ? 'taken'
        : reason,
    )
    return undefined
  }
  const visit = await findVisit(tx, outcome.booking.id)
  if (!visit) throw new Error(`booking ${outcome.booking.id} is gone within its own transaction`)
  if (outcome.again) {
    await showCard(ctx, visit)
    return texts.plain('schedule-hand-again')
  }
  await audit(ctx, 'booking.create', `booking:${visit.id}`, {
    after: { customerId: customer.id, startsAt: new Date(startsAt).toISOString(), staffId: visit.staffId },
  })
  const said = await tellConcerned(ctx, visit, { what: 'booked' })
  await showCard(ctx, visit, [texts.html('schedule-hand-booked'), said.html])
  return undefined
}
