import { number, oneOf } from '../button-fields.ts'
import { form } from '../button-forms.ts'

export const STARS = ['1', '2', '3', '4', '5'] as const
const stars = oneOf(STARS)

/** Buttons of the messages about a visit that come unasked: its reminder, and the question how it was. */
export const VISIT_BUTTONS = {
  coming: form('vc', { bookingId: number }),
  rate: form('vr', { bookingId: number, stars }),
  comment: form('vt', { bookingId: number }),
  'no-comment': form('vn', { stars }),
}
