import { decodeButton, encodeButton } from '../../../../bot/telegram/callback-data.ts'
import type { PretendPerson } from '../pretend.ts'
import { buttonOf, someStart, someWish } from './race-customers.ts'
import { DATES, HOUR, type RaceSalon } from './race-salon.ts'

/** What an admin sees of the salon when a round begins. */
export interface Overview {
  bookings: readonly {
    id: number
    startsAt: number
    staffId: number
    status: 'pending' | 'booked' | 'confirmed'
  }[]
  blocks: readonly number[]
  customerIds: readonly number[]
}

type Act = (race: RaceSalon, admin: PretendPerson, overview: Overview) => Promise<void>

/** One thing that an admin does, each decision on the screen that asks for it. */
export const adminActs: Act = async (race, admin, overview) => {
  const pending = overview.bookings.some(({ status }) => status === 'pending')
  const act = race.pick([
    block,
    block,
    open,
    open,
    shift,
    shift,
    byHand,
    byHand,
    move,
    move,
    cancel,
    change,
    change,
    confirm,
    rule,
    ...(pending ? [approve] : []),
  ])
  await act(race, admin, overview)
}

const block: Act = async (race, admin) => {
  race.count('act: block')
  const startsAt = someStart(race)
  const endsAt = startsAt + race.pick([0.5, 1, 2]) * HOUR
  const staffId = race.random() < 0.3 ? null : race.pick(race.staff).id
  await admin.tapFirst(encodeButton({ to: 'calendar-block-view', staffId, startsAt, endsAt }))
  const keeps = race.random() < 0.3
  for (let again = 0; again < 5; again++) {
    await race.pause()
    const decisions = admin.first().buttons.flatMap(({ data }) => {
      const button = decodeButton(data)
      return button?.to === 'calendar-block-do' ? [{ data, bookings: button.bookings }] : []
    })
    const wanted = decisions.find(({ bookings }) => bookings === (keeps ? 'keep' : 'cancel')) ?? decisions[0]
    if (!wanted) return
    if (again > 0) race.count('done: a block was shown again')
    await admin.tapFirst(wanted.data)
  }
}

const open: Act = async (race, admin, { blocks }) => {
  if (blocks.length === 0) return
  race.count('act: open what was closed')
  await admin.tapFirst(encodeButton({ to: 'calendar-block-remove', blockId: race.pick(blocks) }))
}

const shift: Act = async (race, admin) => {
  race.count('act: shift')
  const task = {
    kind: 'shift' as const,
    date: race.random() < 0.85 ? DATES[0] : DATES[1],
    staffId: race.random() < 0.5 ? null : race.pick(race.staff).id,
    from: null,
    minutes: race.pick([-30, -15, 15, 30]),
  }
  await admin.tapFirst(encodeButton({ to: 'mass-view', task, page: 0 }))
  for (let again = 0; again < 5; again++) {
    await race.pause()
    const yes = buttonOf(admin.first(), 'mass-do')
    if (yes === undefined) return
    if (again > 0) race.count('done: a shift was shown again')
    await admin.tapFirst(yes)
  }
}

const byHand: Act = async (race, admin, { customerIds }) => {
  race.count('act: book by hand')
  const flow = { ...someWish(race), staffId: race.pick(race.staff).id }
  const wanted = {
    flow,
    startsAt: someStart(race),
    starts: 'in-hours',
    customerId: race.pick(customerIds),
  } as const
  await admin.tapFirst(encodeButton({ to: 'hand-sure', ...wanted }))
  await race.pause()
  await tapUnlessAnyway(admin, 'hand-book')
}

const move: Act = async (race, admin, { bookings }) => {
  if (bookings.length === 0) return
  race.count('act: admin moves')
  const { id: bookingId, startsAt: seen } = race.pick(bookings)
  await admin.tapFirst(
    encodeButton({ to: 'visit-move', bookingId, seen, startsAt: someStart(race), starts: 'in-hours' }),
  )
}

const cancel: Act = async (race, admin, { bookings }) => {
  if (bookings.length === 0) return
  race.count('act: admin cancels')
  const { id: bookingId, startsAt: seen } = race.pick(bookings)
  await admin.tapFirst(encodeButton({ to: 'visit-cancel-ask', bookingId, seen }))
  await race.pause()
  const yes = buttonOf(admin.first(), 'visit-cancel')
  if (yes !== undefined) await admin.tapFirst(yes)
}

const change: Act = async (race, admin, { bookings }) => {
  if (bookings.length === 0) return
  race.count('act: admin changes')
  const { id: bookingId, startsAt: seen, staffId } = race.pick(bookings)
  const other =
    race.random() < 0.5
      ? { serviceId: race.pick(race.services).id, staffId }
      : { serviceId: null, staffId: race.pick(race.staff).id }
  await admin.tapFirst(encodeButton({ to: 'visit-change', bookingId, seen, ...other }))
  await race.pause()
  await tapUnlessAnyway(admin, 'visit-change-sure')
}

/** What would lie outside the working hours is asked about in other words: nobody here wants that. */
async function tapUnlessAnyway(admin: PretendPerson, to: 'hand-book' | 'visit-change-sure'): Promise<void> {
  const yes = buttonOf(admin.first(), to, (label) => !label.includes('всё равно'))
  if (yes !== undefined) await admin.tapFirst(yes)
}

const confirm: Act = async (race, admin, { bookings }) => {
  const booked = bookings.filter(({ status }) => status === 'booked')
  if (booked.length === 0) return
  race.count('act: admin confirms')
  const { id: bookingId } = race.pick(booked)
  await admin.tapFirst(encodeButton({ to: 'visit-mark', bookingId, mark: 'confirmed', was: 'booked' }))
}

const approve: Act = async (race, admin, { bookings }) => {
  race.count('act: answer a request')
  const { id: bookingId, startsAt: seen } = race.pick(bookings.filter(({ status }) => status === 'pending'))
  await admin.tapFirst(
    race.random() < 0.6
      ? encodeButton({ to: 'visit-approve', bookingId, seen })
      : encodeButton({ to: 'visit-cancel', bookingId, seen, told: 'plain' }),
  )
}

const rule: Act = async (race, admin, { customerIds }) => {
  race.count('act: rule')
  await admin.tapFirst(
    encodeButton({
      to: 'customer-rule-set',
      customerId: race.pick(customerIds),
      rule: race.pick(['none', 'none', 'approval', 'approval', 'deny']),
    }),
  )
}
