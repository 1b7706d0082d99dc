import { flow, number } from '../button-fields.ts'
import { form } from '../button-forms.ts'

/** Buttons by which a customer puts several services into one visit. */
export const SEVERAL_BUTTONS = {
  'visit-services': form('fv', { flow }),
  'more-services': form('fm', { flow, page: number }),
}
