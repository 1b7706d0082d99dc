import { date, flow, instant, month, number, oneOf, word } from '../button-fields.ts'
import { form } from '../button-forms.ts'
import { category } from '../category-key.ts'

/** Buttons of the customer's screens. Ids travel in the button, so a lost dialogue loses nothing. */
export const CUSTOMER_BUTTONS = {
  services: form('s', { page: number }),
  category: form('g', { category, page: number }),
  member: form('o', { staffId: number, page: number }),
  service: form('v', { serviceId: number }),
  nearest: form('n', { flow }),
  month: form('m', { flow, month }),
  day: form('d', { flow, date, part: number }),
  time: form('t', { flow, startsAt: instant }),
  // Behind the dot of an intent: what the summary says it takes and costs, for that may change before the tap.
  confirm: form('c', { flow, startsAt: instant, intent: word(/^[a-z0-9]{1,15}(?:\.[0-9a-f]{4})?$/, 'a1') }),
  stop: form('x'),
  my: form('y'),
  past: form('p', { page: number }),
  card: form('k', { bookingId: number }),
  'ask-cancel': form('a', { bookingId: number }),
  cancel: form('r', { bookingId: number }),
  'closed-day': form('e', { why: oneOf(['taken', 'past', 'far']) }),
  nothing: form('z'),
}
