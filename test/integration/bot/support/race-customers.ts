import { expect } from 'vitest'
import { localDate } from '../../../../bot/domain/time.ts'
import { type BookFlow, bookFlow, type Flow } from '../../../../bot/telegram/button-fields.ts'
import { type Button, decodeButton, encodeButton } from '../../../../bot/telegram/callback-data.ts'
import type { PretendPerson } from '../pretend.ts'
import type { Left } from './outbox.ts'
import { DATES, HOUR, MINUTE, NINE, type RaceSalon } from './race-salon.ts'

/** What a customer knows of when a round begins. */
export interface Known {
  bookings: readonly number[]
  places: readonly number[]
  /** Offers of the waitlist that were sent and not answered yet, newest last. */
  offers: Left[]
}

type Act = (race: RaceSalon, person: PretendPerson, known: Known) => Promise<unknown>

/** One thing that a customer does, of all that this one can do now. */
export async function customerActs(race: RaceSalon, person: PretendPerson, known: Known): Promise<void> {
  const confirm = buttonOf(person.first(), 'confirm')
  if (confirm !== undefined && race.random() < 0.5) return decide(race, person, confirm)
  if (known.offers.length > 0 && race.random() < 0.65) return answerOffer(race, person, known)
  const act = race.pick<Act>([
    choose,
    choose,
    choose,
    choose,
    join,
    join,
    stop,
    ...(known.bookings.length > 0 ? [move, move, cancel, cancel] : []),
    ...(known.places.length > 0 ? [leave] : []),
  ])
  await act(race, person, known)
}

/** The first button of this kind on a screen, as its data. */
export function buttonOf(
  { buttons }: Pick<Left, 'buttons'>,
  to: Button['to'],
  fits: (label: string) => boolean = () => true,
): string | undefined {
  return buttons.find(({ data, label }) => decodeButton(data)?.to === to && fits(label))?.data
}

/** A start on the grid of one of the days, mostly of the first one. */
export function someStart({ random }: RaceSalon): number {
  return NINE + (random() < 0.88 ? 0 : 24 * HOUR) + Math.floor(random() * 7) * 30 * MINUTE
}

/** What somebody wants: a service, or two in one visit, from anyone or from somebody. */
export function someWish({ random, pick, services, staff }: RaceSalon): BookFlow {
  const serviceIds = random() < 0.85 ? [pick(services).id] : services.slice(0, 2).map(({ id }) => id)
  return bookFlow(serviceIds, random() < 0.6 ? null : pick(staff).id)
}

const choose: Act = (race, person) => {
  race.count('act: choose')
  return chooseTime(race, person, someWish(race), 0.5)
}

const move: Act = (race, person, { bookings }) => {
  race.count('act: move')
  return chooseTime(race, person, { kind: 'move', bookingId: race.pick(bookings) }, 0.9)
}

const cancel: Act = (race, person, { bookings }) => {
  race.count('act: cancel')
  return person.tapFirst(encodeButton({ to: 'cancel', bookingId: race.pick(bookings) }))
}

const leave: Act = (race, person, { places }) => {
  race.count('act: leave the waitlist')
  return person.tapFirst(encodeButton({ to: 'wait-leave', waitingId: race.pick(places) }))
}

const stop: Act = (race, person) => {
  race.count('act: stop')
  return person.tapFirst(encodeButton({ to: 'stop' }))
}

/** A time that was shown as free, or, from an older screen, any at all. */
async function chooseTime(race: RaceSalon, person: PretendPerson, flow: Flow, goesOn: number): Promise<void> {
  const startsAt = someStart(race)
  await person.tapFirst(
    encodeButton({ to: 'day', flow, date: localDate(startsAt, 'Europe/Moscow'), part: 0 }),
  )
  const shown = person
    .first()
    .buttons.flatMap(({ data }) => (decodeButton(data)?.to === 'time' ? [data] : []))
  const isFree = shown.length > 0 && race.random() < 0.6
  await person.tapFirst(isFree ? race.pick(shown) : encodeButton({ to: 'time', flow, startsAt }))
  const confirm = buttonOf(person.first(), 'confirm')
  if (confirm === undefined || race.random() > goesOn) return
  await race.pause()
  await decide(race, person, confirm)
}

/** Confirms what stands on the screen; some tap twice. */
async function decide(race: RaceSalon, person: PretendPerson, confirm: string): Promise<void> {
  race.count('act: confirm')
  const taps = race.random() < 0.2 ? 2 : 1
  await Promise.all(Array.from({ length: taps }, () => person.tapFirst(confirm)))
}

const join: Act = (race, person) => {
  race.count('act: join the waitlist')
  const date = race.random() < 0.85 ? DATES[0] : DATES[1]
  const { serviceId, staffId } = someWish(race)
  return person.tapFirst(encodeButton({ to: 'wait-join', flow: { kind: 'book', serviceId, staffId }, date }))
}

/** Takes the newest offer, refuses it, or waits no more; on its own message, as people do. */
async function answerOffer(race: RaceSalon, person: PretendPerson, known: Known): Promise<void> {
  const offer = known.offers.pop()
  if (!offer) throw new Error('there is no offer to answer')
  const answer = race.random()
  const to = answer < 0.6 ? 'wait-take' : answer < 0.8 ? 'wait-decline' : 'wait-leave'
  race.count(`act: ${to}`)
  const data = buttonOf(offer, to)
  expect(data).toBeDefined()
  await person.tapFirst(data ?? '')
}
