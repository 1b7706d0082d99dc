import type { Desk } from './desk.ts'
import { readPrice } from './price.ts'
import type { ImportRows } from './rows.ts'
import { readFlag, readId, readWhole, shorten } from './values.ts'

type Service = ImportRows['services'][number]

/** A price that names no one amount: it stands in the description of its service. */
export interface PriceAsText {
  service: string
  price: string
}

export interface Services {
  rows: Service[]
  pricesAsText: PriceAsText[]
  /** Services that the client had before and that are switched off now. */
  retired: number[]
  /** What was booked; a service that is switched off stands for one that the old bot does not have (any more). */
  ofBooking(serviceId: string | null, minutes: number | undefined): Service
}

/** The columns' own limits. */
const NAME = 100
const DESCRIPTION = 500
const MINUTES = { least: 5, most: 1440, usual: 60 }

export function planServices(desk: Desk): Services {
  const { existing, ledger } = desk
  const rows: Service[] = []
  const pricesAsText: PriceAsText[] = []
  const byOldId = new Map<string, Service>()
  const firstId = Math.max(0, ...existing.services.map(({ id }) => id)) + 1
  const add = (service: Omit<Service, 'id'>) => {
    const made = { id: firstId + rows.length, ...service }
    rows.push(made)
    return made
  }
  ledger.each('services', (field) => {
    const oldId = readId(field('id'))
    if (oldId !== undefined && byOldId.has(String(oldId))) {
      ledger.leave('services', 'another service has the same id', `#${oldId}`)
      return false
    }
    const name = nameOf(desk, field('name'), field('id'))
    const price = readPrice(field('price'))
    if ('text' in price) pricesAsText.push({ service: name, price: price.text })
    const order = readWhole(field('order'))
    const createdAt = desk.at('services', field('createdAt'))
    const service = add({
      name,
      description: descriptionOf(desk, name, field('description'), 'text' in price ? price.text : null),
      minutes: minutesOf(desk, `service «${name}»`, field('minutes')),
      step_minutes: stepOf(desk, name, field('step')),
      price_minor: 'minor' in price ? price.minor : null,
      sort_order: order !== undefined && Math.abs(order) <= 1_000_000 ? order : rows.length,
      is_active: readFlag(field('isActive')) ?? true,
      created_at: createdAt,
      updated_at: createdAt,
    })
    if (oldId !== undefined) byOldId.set(String(oldId), service)
    return true
  })
  const retired = rows.length > 0 ? existing.services.filter(({ isActive }) => isActive) : []
  for (const { name } of retired)
    desk.changed(`service «${name}» of this client is switched off: those of the old bot take its place`)
  return {
    rows,
    pricesAsText,
    retired: retired.map(({ id }) => id),
    ofBooking(serviceId, minutes) {
      const key = String(readId(serviceId) ?? '')
      const known = byOldId.get(key)
      if (known) return known
      const name = key === '' ? 'Услуга прежнего бота' : `Услуга № ${key} прежнего бота`
      desk.changed(
        key === ''
          ? 'bookings: a service that is switched off stands for bookings that name none'
          : `bookings: service #${key} is not there; one that is switched off stands for it`,
      )
      const at = desk.at('services')
      const made = add({
        name,
        description: '',
        minutes: clamp(minutes ?? MINUTES.usual),
        step_minutes: null,
        price_minor: null,
        sort_order: rows.length,
        is_active: false,
        created_at: at,
        updated_at: at,
      })
      byOldId.set(key, made)
      return made
    },
  }
}

function nameOf(desk: Desk, text: string | null, oldId: string | null): string {
  const whole = text ?? `Услуга № ${oldId ?? '?'} прежнего бота`
  if (text === null) desk.changed(`a service without a name is called «${whole}»`)
  const name = shorten(whole, NAME)
  if (name !== whole) desk.changed(`service «${name}»: its name was longer: ${whole}`)
  return name
}

/** The price that stays text comes first to be kept: the old description gives way, and is then told whole. */
function descriptionOf(desk: Desk, name: string, text: string | null, price: string | null): string {
  const priceLine = price === null ? '' : shorten(`Цена: ${price}`, DESCRIPTION)
  const room = priceLine === '' ? DESCRIPTION : Math.max(0, DESCRIPTION - [...priceLine].length - 1)
  const kept = shorten(text ?? '', room)
  if (kept !== (text ?? '')) desk.changed(`service «${name}»: its description was longer: ${text}`)
  return [kept, priceLine].filter(Boolean).join('\n')
}

function minutesOf(desk: Desk, what: string, text: string | null): number {
  const read = readWhole(text)
  const minutes = clamp(read ?? MINUTES.usual)
  if (text !== null && minutes !== read) desk.changed(`${what}: ${minutes} minutes in place of ${text}`)
  return minutes
}

function stepOf(desk: Desk, name: string, text: string | null): number | null {
  const step = readWhole(text)
  if (step !== undefined && step >= 5 && step <= 480) return step
  if (text !== null) desk.changed(`service «${name}»: the client's own step in place of ${text} minutes`)
  return null
}

const clamp = (minutes: number) => Math.min(Math.max(minutes, MINUTES.least), MINUTES.most)
