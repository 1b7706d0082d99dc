import { number, oneOf } from '../button-fields.ts'
import { form, needs } from '../button-forms.ts'
import { category } from '../category-key.ts'

export const RULE_CHOICES = ['none', 'approval', 'deny'] as const

/** Who comes to the business: search, a customer's card. A tag stands in a button as a category does. */
export const CUSTOMERS_BUTTONS = needs('manage_bookings', {
  customers: form('Kl', { page: number }),
  'customers-found': form('Kf', { page: number }),
  customer: form('Kc', { customerId: number }),
  'customer-bookings': form('Kb', { customerId: number, page: number }),
  'customer-book': form('Kh', { customerId: number }),
  'customer-notes': form('Kn', { customerId: number }),
  'customer-notes-clear': form('Kx', { customerId: number }),
  'customer-tags': form('Kt', { customerId: number }),
  'customer-tag-add': form('Ka', { customerId: number, tag: category }),
  'customer-tag-remove': form('Kr', { customerId: number, tag: category }),
  'customer-rule': form('Ku', { customerId: number }),
  'customer-rule-set': form('Ks', { customerId: number, rule: oneOf(RULE_CHOICES) }),
})
