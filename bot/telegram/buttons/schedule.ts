import { BOOKING_STATUSES } from '../../domain/policy.ts'
import { date, flow, instant, month, number, oneOf, optionalNumber, word } from '../button-fields.ts'
import { form, needs } from '../button-forms.ts'
import { seal } from './calendar.ts'

const status = oneOf(BOOKING_STATUSES)
/** `seen`: the start that was on the screen. A booking that lies elsewhere by now is shown again and not changed. */
const shown = { bookingId: number, seen: instant }

/** The room of bookings: schedule, a booking's card, booking by hand. `staffId` null: everybody. */
export const SCHEDULE_BUTTONS = needs('manage_bookings', {
  schedule: form('BS'),
  'schedule-day': form('BD', { date, staffId: optionalNumber, page: number }),
  'schedule-week': form('BW', { date, staffId: optionalNumber }),
  'schedule-month': form('BM', { month, staffId: optionalNumber }),
  'schedule-staff': form('BF', { date, page: number }),
  visit: form('BC', { bookingId: number }),
  'visit-mark': form('BK', {
    bookingId: number,
    mark: oneOf(['confirmed', 'came', 'no_show']),
    was: status,
  }),
  'visit-approve': form('BA', shown),
  'visit-note': form('BN', { bookingId: number }),
  'visit-note-clear': form('BX', { bookingId: number }),
  'visit-cancel-ask': form('BQ', shown),
  'visit-cancel': form('BR', { ...shown, told: oneOf(['plain', 'reason']) }),
  'visit-service': form('BV', { ...shown, page: number }),
  'visit-member': form('BP', { ...shown, page: number }),
  'visit-change': form('BG', { ...shown, serviceId: optionalNumber, staffId: number }),
  'visit-change-sure': form('BH', { ...shown, serviceId: optionalNumber, staffId: number, seal }),
  'admin-nearest': form('Bn', { flow }),
  'admin-month': form('Bm', { flow, month }),
  'admin-day': form('Bd', { flow, date, part: number }),
  'admin-time': form('Bt', { flow, startsAt: instant }),
  'admin-typed-time': form('By', { flow }),
  'visit-move': form('Bo', { ...shown, startsAt: instant, starts: oneOf(['in-hours', 'any']) }),
  'hand-services': form('Bs', { page: number }),
  'hand-members': form('Bv', { serviceId: number, page: number }),
  'hand-who': form('Bw', { flow, startsAt: instant, starts: oneOf(['in-hours', 'any']) }),
  'hand-sure': form('Ba', {
    flow,
    startsAt: instant,
    starts: oneOf(['in-hours', 'any']),
    customerId: optionalNumber,
  }),
  'hand-book': form('Bb', {
    flow,
    startsAt: instant,
    starts: oneOf(['in-hours', 'any']),
    customerId: optionalNumber,
    intent: word(/^[a-z0-9]{1,20}$/, 'a1'),
  }),
  'evening-list': form('BE', { date, page: number }),
  'evening-mark': form('BL', { bookingId: number, mark: oneOf(['came', 'no_show']), date, page: number }),
})
