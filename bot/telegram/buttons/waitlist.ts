import { date, flow, number } from '../button-fields.ts'
import { form } from '../button-forms.ts'

/** Buttons of the waitlist: a full day, the customer's places, and the offer of a time. */
export const WAITLIST_BUTTONS = {
  'wait-join': form('wj', { flow, date }),
  'wait-list': form('wl'),
  'wait-place': form('wp', { waitingId: number }),
  'wait-leave': form('wx', { waitingId: number }),
  'wait-take': form('wt', { holdId: number }),
  'wait-decline': form('wd', { holdId: number }),
}
