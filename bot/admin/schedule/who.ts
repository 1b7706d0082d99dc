import { Composer } from 'grammy'
import { showOtherTimes } from '../../booking/summary.ts'
import { ask, onAnswer } from '../../dialogue/input.ts'
import { onButton, whenOptions } from '../../dialogue/screen.ts'
import { whenWords } from '../../dialogue/words.ts'
import { readPerson, type TypedPerson } from '../../domain/person-text.ts'
import { shorten } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { findCustomer, searchCustomers } from '../../storage/customer-search.ts'
import type { VisitCustomer } from '../../storage/visit-customer.ts'
import type { Button } from '../../telegram/callback-data.ts'
import { button } from '../../telegram/keyboards.ts'
import { type AdminFlow, openAdminFlow, type Preview, previewStart } from './admin-flow.ts'
import { refuseAnswer } from './open-visit.ts'
import { knownLabel, lineIf } from './words.ts'

const FOUND_MAX = 8

/** Admins who run the bookings: whom a time is for: somebody known, found by name or phone, or somebody new. */
export function whoScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'hand-who', async (ctx, { flow, startsAt }) => {
    const open = await openAdminFlow(ctx, flow)
    if (open.kind === 'refused') return open.say
    await askWhoOrOtherTime(ctx, open, startsAt)
    return undefined
  })
  onAnswer(screen, 'hand-who', async (ctx, about, text) => {
    const { texts, tx } = ctx.turn
    const open = await openAdminFlow(ctx, about.flow)
    if (open.kind === 'refused') return refuseAnswer(ctx, open.say ?? texts.plain('schedule-not-on-offer'))
    const person = readPerson(text)
    const found = await searchCustomers(tx, person, FOUND_MAX + 1)
    // Nobody can be found by it, and nobody new can be called so.
    const wrong = found.length > 0 ? undefined : whyNobody(ctx, person)
    if (wrong !== undefined) return wrong
    showFound(ctx, about, person, found)
    return undefined
  })
  return screen
}

/** The question for whom; where the time has gone meanwhile, others near it. */
export async function askWhoOrOtherTime(ctx: BotContext, open: AdminFlow, startsAt: number): Promise<void> {
  const preview = await previewStart(ctx, open, startsAt)
  if (preview.ok) await askWho(ctx, { ...open, startsAt }, preview)
  else await showOtherTimes(ctx, open, startsAt, preview.reason)
}

export async function askWho(
  ctx: BotContext,
  { flow, name, startsAt }: AdminFlow & { startsAt: number },
  { end, starts }: Preview & { ok: true },
): Promise<void> {
  const { texts, tx, dialogue } = ctx.turn
  const chosen = dialogue?.draft?.['forCustomer']
  const known = typeof chosen === 'number' ? await findCustomer(tx, chosen) : undefined
  ask(ctx, {
    about: { to: 'hand-who', flow, startsAt, starts },
    html: texts.html('schedule-hand-who', {
      service: name,
      when: whenWords(startsAt, end, whenOptions(ctx.turn)),
      warning: lineIf(starts === 'any', texts.html('schedule-outside-hours')),
    }),
    back: { to: 'admin-nearest', flow },
    choices: known
      ? [[button(knownLabel(known), { to: 'hand-sure', flow, startsAt, starts, customerId: known.id })]]
      : [],
    ...(known ? { draft: { forCustomer: known.id } } : {}),
  })
}

function whyNobody({ turn }: BotContext, { name, phone, digits }: TypedPerson): string | undefined {
  const { texts } = turn
  if (digits !== undefined) return texts.html('schedule-hand-no-digits')
  if (name !== '') return undefined
  if (phone !== undefined) return texts.html('schedule-hand-only-phone', { phone })
  return texts.html('schedule-hand-no-digits')
}

function showFound(
  ctx: BotContext,
  about: Extract<Button, { to: 'hand-who' }>,
  person: TypedPerson,
  found: readonly VisitCustomer[],
): void {
  const { texts } = ctx.turn
  const sure = (label: string, customerId: number | null) => [
    button(label, { ...about, to: 'hand-sure', customerId }),
  ]
  const known = found.slice(0, FOUND_MAX).map((customer) => sure(knownLabel(customer), customer.id))
  // Who has that number is that customer, whatever the name.
  const isNew = person.name !== '' && (person.phone === undefined || found.length === 0)
  const who = [shorten(person.name, 30), ...(person.phone === undefined ? [] : [person.phone])].join(', ')
  const html =
    found.length === 0
      ? texts.html('schedule-hand-nobody', { typed: who })
      : [
          texts.html('schedule-hand-found'),
          ...(found.length > FOUND_MAX ? [texts.html('schedule-hand-more')] : []),
        ].join('\n')
  ask(ctx, {
    about,
    html,
    back: { to: 'admin-nearest', flow: about.flow },
    choices: [...known, ...(isNew ? [sure(texts.plain('schedule-hand-new', { who }), null)] : [])],
    draft: { name: person.name, phone: person.phone ?? null },
  })
}
