import { number, oneOf, optionalNumber } from '../button-fields.ts'
import { form, needs } from '../button-forms.ts'
import { category } from '../category-key.ts'
import { linkTarget } from '../start-link.ts'

const field = oneOf(['name', 'description', 'minutes', 'step', 'before', 'after', 'price'])
const direction = oneOf(['up', 'down'])
const term = oneOf(['minutes', 'price'])

/** What the business offers, who gives it, and the links to it. */
export const SERVICES_BUTTONS = needs('edit_services', {
  'own-services': form('Sl', { page: number }),
  'own-service': form('Sv', { serviceId: number }),
  'service-add': form('Sa'),
  'service-add-minutes': form('Sm', { minutes: optionalNumber }),
  'service-add-price': form('Sn'),
  'service-field': form('Sf', { serviceId: number, field }),
  'service-set': form('Sx', { serviceId: number, field, value: optionalNumber }),
  'service-from': form('Si', { serviceId: number, priceFrom: oneOf(['y', 'n']) }),
  'service-move': form('Su', { serviceId: number, direction }),
  'service-state': form('St', { serviceId: number, state: oneOf(['shown', 'hidden']) }),
  'service-delete-ask': form('Sd', { serviceId: number }),
  'service-delete': form('SD', { serviceId: number }),
  'deleted-services': form('Sb', { page: number }),
  'service-restore': form('Sr', { serviceId: number }),
  'service-category': form('Sc', { serviceId: number, page: number }),
  'service-category-set': form('SC', { serviceId: number, category }),
  categories: form('Sg', { page: number }),
  'own-category': form('SG', { category }),
  'category-rename': form('Sy', { category }),
  'category-move': form('Sj', { category, direction }),
  'category-remove-ask': form('Se', { category }),
  'category-remove': form('SE', { category }),
  'service-staff': form('Sw', { serviceId: number, page: number }),
  'service-gives': form('SW', { serviceId: number, staffId: number, gives: oneOf(['y', 'n']), page: number }),
  'service-terms': form('So', { serviceId: number, staffId: number }),
  'service-term': form('Sp', { serviceId: number, staffId: number, term }),
  'service-term-set': form('SP', { serviceId: number, staffId: number, term, value: optionalNumber }),
  links: form('Sk', { page: number }),
  link: form('SK', { target: linkTarget, page: optionalNumber }),
  'link-qr': form('Sq', { target: linkTarget }),
})
