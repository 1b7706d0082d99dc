import { date, number, oneOf, word } from '../button-fields.ts'
import { form, needs } from '../button-forms.ts'

const staffId = number
const sure = oneOf(['ask', 'yes'])
const span = { staffId, first: date, last: date }
const pattern = word(/^[01]{1,28}$/, '1100')

/** The room of the staff, and a member's own schedule, which is nobody else's. */
export const STAFF_BUTTONS = {
  ...needs('manage_slots', {
    staff: form('TL', { page: number }),
    'staff-deleted': form('TD', { page: number }),
    'staff-add': form('TA'),
    'staff-member': form('TM', { staffId }),
    'member-rename': form('TR', { staffId }),
    'member-place': form('TU', { staffId, way: oneOf(['up', 'down']) }),
    'member-active': form('TV', { staffId, active: oneOf(['on', 'off']) }),
    'member-delete': form('TX', { staffId, sure }),
    'member-restore': form('TB', { staffId }),
    'member-visits': form('TZ', { staffId, page: number }),
    'member-link': form('TK', { staffId }),
    'member-unlink': form('TJ', { staffId, sure }),
    'member-hours': form('TH', { staffId }),
    'member-day': form('TW', { staffId, weekday: number }),
    'member-day-off': form('TO', { staffId, weekday: number }),
    'copy-day': form('TC', { staffId, weekday: number }),
    'paste-day': form('TP', {
      staffId,
      weekday: number,
      onto: oneOf(['workdays', 'all', '1', '2', '3', '4', '5', '6', '7']),
    }),
    'as-business': form('TN', { staffId, sure }),
    rota: form('TT', { staffId }),
    'rota-type': form('TQ', { staffId }),
    'rota-from': form('TF', { staffId, pattern }),
    'rota-hours': form('TS', { staffId, pattern, from: date }),
    'rota-end': form('TE', { staffId }),
    'next-days': form('TG', { staffId }),
    'special-days': form('TI', { staffId, page: number }),
    'special-day': form('Ta', span),
    'special-drop': form('Tb', span),
    'special-add': form('Tc', { staffId }),
    'special-hours': form('Td', span),
    'off-add': form('Te', { staffId }),
    'off-check': form('Tf', { ...span, page: number }),
    'off-save': form('Tg', span),
    'off-note': form('Th', span),
  }),
  'my-schedule': form('TY', { part: oneOf(['today', 'tomorrow', 'week']), page: number }),
}
