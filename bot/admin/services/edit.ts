import { Composer } from 'grammy'
import { ask, onAnswer } from '../../dialogue/input.ts'
import { onButton } from '../../dialogue/screen.ts'
import { priceWords } from '../../dialogue/words.ts'
import { escapeHtml } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { type OwnService, type ServiceFields, updateService } from '../../storage/services.ts'
import { button, type InlineButton, inRows } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { showServiceCard } from './card.ts'
import { type FieldName, SERVICE_FIELDS } from './fields.ts'
import { findOwnService } from './found.ts'

/** Who may edit services: one field at a time, tapped or typed. Bookings stay as they were made. */
export function serviceEditScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'service-field', async (ctx, { serviceId, field }) => {
    const service = await findOwnService(ctx, serviceId)
    if (!service.ok) return service.say
    askFor(ctx, service.found, field)
    return undefined
  })
  onAnswer(screen, 'service-field', async (ctx, { serviceId, field }, text) => {
    const { texts } = ctx.turn
    const changes = SERVICE_FIELDS[field].fromText(text)
    if (!changes) return texts.html(`services-wrong-${field}`)
    const service = await findOwnService(ctx, serviceId)
    if (service.ok) await change(ctx, service.found, changes, texts.html('services-saved'))
    return undefined
  })
  onButton(screen, 'service-set', async (ctx, { serviceId, field, value }) => {
    const service = await findOwnService(ctx, serviceId)
    if (!service.ok) return service.say
    const changes = SERVICE_FIELDS[field].fromChoice(value)
    if (!changes) return ctx.turn.texts.plain('outdated')
    await change(ctx, service.found, changes)
    return ctx.turn.texts.plain('services-saved')
  })
  onButton(screen, 'service-from', async (ctx, { serviceId, priceFrom }) => {
    const service = await findOwnService(ctx, serviceId)
    if (!service.ok) return service.say
    // Without a price, or free of charge, there is nothing to begin from.
    if (!service.found.priceMinor) return ctx.turn.texts.plain('outdated')
    await change(ctx, service.found, { priceFrom: priceFrom === 'y' })
    return ctx.turn.texts.plain('services-saved')
  })
  return screen
}

function askFor(ctx: BotContext, service: OwnService, field: FieldName): void {
  const { texts } = ctx.turn
  const { id: serviceId } = service
  const minutesOrNone = (value: number | null) =>
    value === null
      ? texts.plain(`services-none-${noneOf(field)}`)
      : texts.plain('minutes', { minutes: value })
  const choices = SERVICE_FIELDS[field].choices.map((value) =>
    button(minutesOrNone(value), { to: 'service-set', serviceId, field, value }),
  )
  const present = presentValue(ctx, service, field)
  const question = texts.html(`services-ask-${field}`, { name: service.name })
  ask(ctx, {
    about: { to: 'service-field', serviceId, field },
    html:
      present === ''
        ? question
        : `${question}\n\n${texts.html('services-now', { value: escapeHtml(present) })}`,
    back: { to: 'own-service', serviceId },
    choices: [...inRows(choices, 3), ...(field === 'price' ? fromOrExact(ctx, service) : [])],
  })
}

/** What the question is about to change; the name stands in the question itself. */
function presentValue({ turn: { texts } }: BotContext, service: OwnService, field: FieldName): string {
  const minutes = (value: number) => texts.plain('minutes', { minutes: value })
  const values: Record<FieldName, string> = {
    name: '',
    description: service.description,
    minutes: minutes(service.minutes),
    step: service.stepMinutes === null ? texts.plain('services-none-step') : minutes(service.stepMinutes),
    before: minutes(service.bufferBeforeMinutes),
    after: minutes(service.bufferAfterMinutes),
    price: priceWords(texts, service) ?? texts.plain('services-no-price'),
  }
  return values[field]
}

/** Only these fields can be empty. */
function noneOf(field: FieldName): 'description' | 'step' | 'price' {
  return field === 'description' || field === 'step' ? field : 'price'
}

function fromOrExact(ctx: BotContext, service: OwnService): InlineButton[][] {
  const { texts } = ctx.turn
  if (!service.priceMinor) return []
  const other = priceWords(texts, { ...service, priceFrom: !service.priceFrom }) ?? ''
  return [
    [
      button(texts.plain('services-make-price', { price: other }), {
        to: 'service-from',
        serviceId: service.id,
        priceFrom: service.priceFrom ? 'n' : 'y',
      }),
    ],
  ]
}

async function change(
  ctx: BotContext,
  service: OwnService,
  changes: Partial<ServiceFields>,
  note?: string,
): Promise<void> {
  const names = Object.keys(changes) as (keyof ServiceFields)[]
  const changed = names.filter((name) => changes[name] !== service[name])
  if (changed.length > 0) {
    await updateService(ctx.turn.tx, service.id, changes, ctx.turn.now)
    await audit(ctx, 'service.edit', `service:${service.id}`, {
      before: Object.fromEntries(changed.map((name) => [name, service[name]])),
      after: Object.fromEntries(changed.map((name) => [name, changes[name]])),
    })
  }
  await showServiceCard(ctx, { ...service, ...changes }, note)
}
