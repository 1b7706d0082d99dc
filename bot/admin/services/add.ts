import { Composer } from 'grammy'
import { ask, onAnswer } from '../../dialogue/input.ts'
import { onButton } from '../../dialogue/screen.ts'
import {
  isWithin,
  MINUTES_RANGE,
  NAME_MAX,
  type Price,
  parseLine,
  parseMinutes,
  parsePrice,
} from '../../domain/service-input.ts'
import type { BotContext, Draft } from '../../runtime/turn.ts'
import { insertService, lockService } from '../../storage/services.ts'
import { button, inRows } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { showServiceCard } from './card.ts'
import { SERVICE_FIELDS } from './fields.ts'

/** Who may edit services: a new one by its name, its length and its price; everything else stands on its card. */
export function serviceAddScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'service-add', (ctx) => {
    askName(ctx)
    return undefined
  })
  onAnswer(screen, 'service-add', (ctx, _about, text) => {
    const name = parseLine(text, NAME_MAX)
    if (name === undefined) return ctx.turn.texts.html('services-wrong-name')
    askMinutes(ctx, name)
    return undefined
  })
  onAnswer(screen, 'service-add-minutes', (ctx, _about, text, draft) => {
    const minutes = parseMinutes(text)
    if (minutes === undefined || !isWithin(minutes, MINUTES_RANGE))
      return ctx.turn.texts.html('services-wrong-minutes')
    askPrice(ctx, { ...draft, minutes })
    return undefined
  })
  onButton(screen, 'service-add-minutes', (ctx, { minutes }) => {
    const draft = ctx.turn.dialogue?.draft
    if (typeof draft?.['name'] !== 'string') return startAgain(ctx)
    if (minutes === null || !isWithin(minutes, MINUTES_RANGE)) askMinutes(ctx, draft['name'])
    else askPrice(ctx, { ...draft, minutes })
    return undefined
  })
  onAnswer(screen, 'service-add-price', async (ctx, _about, text, draft) => {
    const price = parsePrice(text)
    if (!price) return ctx.turn.texts.html('services-wrong-price')
    await add(ctx, draft, price)
    return undefined
  })
  onButton(screen, 'service-add-price', (ctx) =>
    add(ctx, ctx.turn.dialogue?.draft ?? {}, { priceMinor: null, priceFrom: false }),
  )
  return screen
}

function askName(ctx: BotContext): void {
  ask(ctx, {
    about: { to: 'service-add' },
    html: ctx.turn.texts.html('services-add-name'),
    back: { to: 'own-services', page: 0 },
  })
}

function askMinutes(ctx: BotContext, name: string): void {
  const { texts } = ctx.turn
  const choices = SERVICE_FIELDS.minutes.choices.map((minutes) =>
    button(texts.plain('minutes', { minutes: minutes ?? 0 }), { to: 'service-add-minutes', minutes }),
  )
  ask(ctx, {
    about: { to: 'service-add-minutes', minutes: null },
    html: texts.html('services-add-minutes', { name }),
    back: { to: 'service-add' },
    choices: inRows(choices, 3),
    draft: { name },
  })
}

function askPrice(ctx: BotContext, draft: Draft): void {
  const { texts } = ctx.turn
  ask(ctx, {
    about: { to: 'service-add-price' },
    html: texts.html('services-add-price', {
      name: String(draft['name']),
      minutes: Number(draft['minutes']),
    }),
    back: { to: 'service-add-minutes', minutes: null },
    choices: [[button(texts.plain('services-none-price'), { to: 'service-add-price' })]],
    draft,
  })
}

async function add(ctx: BotContext, draft: Draft, price: Price): Promise<string | undefined> {
  const { tx, now, texts } = ctx.turn
  const { name, minutes } = draft
  if (typeof name !== 'string' || typeof minutes !== 'number') return startAgain(ctx)
  const id = await insertService(tx, { name, minutes, ...price }, now)
  await audit(ctx, 'service.create', `service:${id}`, { after: { name, minutes, ...price } })
  const service = await lockService(tx, id)
  if (!service) throw new Error(`service ${id} is gone within its own transaction`)
  await showServiceCard(ctx, service, texts.html('services-added'))
  return undefined
}

/** What had been answered so far is lost, or has been used by an earlier tap. */
function startAgain(ctx: BotContext): string {
  askName(ctx)
  return ctx.turn.texts.plain('services-add-lost')
}
