import { number, oneOf } from '../button-fields.ts'
import { form } from '../button-forms.ts'

/** Buttons of what a customer does with an own booking beside moving and cancelling it. */
export const OWN_BOOKING_BUTTONS = {
  'calendar-file': form('of', { bookingId: number }),
  repeat: form('or', { bookingId: number }),
  'cancel-why': form('ow', { bookingId: number, why: oneOf(['time', 'ill', 'mind', 'other']) }),
}
