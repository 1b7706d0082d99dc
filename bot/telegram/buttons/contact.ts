import { oneOf } from '../button-fields.ts'
import { form } from '../button-forms.ts'

/**
 * Buttons of the questions about a customer's name and phone. Which time was chosen before stands in the dialogue, for it
 * has no room in these.
 */
export const CONTACT_BUTTONS = {
  'contact-consent': form('jc'),
  'contact-agree': form('ja'),
  'contact-refuse': form('jr'),
  'contact-name': form('jn'),
  'contact-name-as-shown': form('jt'),
  'contact-skip-name': form('js'),
  'contact-phone': form('jp'),
  'own-contact': form('jo'),
  'change-contact': form('je', { what: oneOf(['name', 'phone']) }),
  'ask-withdraw': form('jw'),
  'withdraw-consent': form('jx'),
}
