import { PERIODS } from '../../domain/statistics.ts'
import { month, oneOf } from '../button-fields.ts'
import { form, needs } from '../button-forms.ts'

/** The business's figures. Money and data are the super admin's, so that their right is that of the exports. */
export const DASHBOARD_BUTTONS = needs('export_data', {
  dashboard: form('Da', { period: oneOf(PERIODS) }),
  'dashboard-chart': form('Dc', { month }),
})
