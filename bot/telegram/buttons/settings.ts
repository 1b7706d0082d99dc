import { type BusinessSetting, clientSettingsSchema, OPERATOR_SETTINGS } from '../../contract/settings.ts'
import { number, oneOf } from '../button-fields.ts'
import { form, needs } from '../button-forms.ts'

export const SETTING_GROUPS = ['booking', 'changes', 'contacts', 'notices', 'protection', 'data'] as const
export type SettingGroup = (typeof SETTING_GROUPS)[number]

const operators: readonly string[] = OPERATOR_SETTINGS
const setting = oneOf(
  Object.keys(clientSettingsSchema.shape).filter((key) => !operators.includes(key)) as [
    BusinessSetting,
    ...BusinessSetting[],
  ],
)

/** Rules and contacts of the business. A `choice` is a number, or 0 and 1 for off and on. */
export const SETTINGS_BUTTONS = needs('manage_settings', {
  settings: form('Gl'),
  'settings-group': form('Gg', { group: oneOf(SETTING_GROUPS) }),
  setting: form('Gs', { setting }),
  'set-setting': form('Gv', { setting, choice: number }),
  'reset-setting': form('Gr', { setting }),
  'set-retention': form('Gm', { months: number }),
})
