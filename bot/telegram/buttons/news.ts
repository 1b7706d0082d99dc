import { oneOf } from '../button-fields.ts'
import { form } from '../button-forms.ts'

/**
 * A customer's yes or no to messages of the business: in the own settings, when asked, under such a message. The last one
 * must be understood for ever: it stands under messages of years ago.
 */
export const NEWS_BUTTONS = {
  news: form('un', { want: oneOf(['yes', 'no']), from: oneOf(['settings', 'question', 'message']) }),
}
