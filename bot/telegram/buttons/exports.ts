import { EXPORT_PERIODS } from '../../domain/export-period.ts'
import { oneOf } from '../button-fields.ts'
import { form, needs } from '../button-forms.ts'

export const EXPORT_TABLES = ['bookings', 'customers'] as const

/** The business's data as tables. */
export const EXPORT_BUTTONS = needs('export_data', {
  exports: form('Ea'),
  'export-period': form('Ep', { table: oneOf(EXPORT_TABLES) }),
  'export-table': form('Et', { table: oneOf(EXPORT_TABLES), period: oneOf(EXPORT_PERIODS) }),
})
