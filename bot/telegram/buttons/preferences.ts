import { oneOf } from '../button-fields.ts'
import { form } from '../button-forms.ts'

/** Buttons of a customer's own settings and of what is kept about them. */
export const PREFERENCES_BUTTONS = {
  preferences: form('u'),
  language: form('ul', { language: oneOf(['ru', 'en']) }),
  privacy: form('up'),
  'export-data': form('ue'),
  'ask-erase': form('ua'),
  'erase-data': form('ux'),
}
