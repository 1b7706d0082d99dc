import { EDITABLE_KEYS, TEXT_GROUPS } from '../../i18n/editable.ts'
import { number, oneOf, word } from '../button-fields.ts'
import { form, needs } from '../button-forms.ts'

const text = { key: oneOf(EDITABLE_KEYS), language: oneOf(['ru', 'en']) }

/** What the business says to its customers. `seal` is short for the draft that was shown. */
export const TEXT_BUTTONS = needs('manage_settings', {
  texts: form('Xl'),
  'text-group': form('Xg', { group: oneOf(TEXT_GROUPS), page: number }),
  text: form('Xt', text),
  'text-default': form('Xd', text),
  'text-edit': form('Xe', text),
  'text-save': form('Xs', { ...text, seal: word(/^[0-9a-f]{8}$/, '0a1b2c3d') }),
  'text-reset': form('Xr', text),
})
