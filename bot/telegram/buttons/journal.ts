import { number, oneOf, word } from '../button-fields.ts'
import { form, needs } from '../button-forms.ts'

export const LOG_PERIODS = ['all', 'day', 'week', 'month'] as const

/** A person's id or another author; what actions are about. Empty: all of them. */
const who = word(/^(?:operator|system|\d{1,16})?$/, 'operator')
export const KIND_FORM = /^[a-z_-]{0,20}$/
const kind = word(KIND_FORM, 'service')
const filter = { who, kind, period: oneOf(LOG_PERIODS), page: number }

/** What the admins have done. */
export const JOURNAL_BUTTONS = {
  ...needs('view_audit_log', {
    journal: form('Ja', filter),
    'journal-card': form('Jc', { ...filter, actionId: number }),
    'journal-who': form('Jw', filter),
    'journal-kind': form('Jk', filter),
  }),
  ...needs('export_data', { 'journal-export': form('Je', { who, kind, period: oneOf(LOG_PERIODS) }) }),
}
