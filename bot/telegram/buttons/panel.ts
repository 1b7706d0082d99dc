import { form, needs } from '../button-forms.ts'

/** The first screen of the admin panel; every admin may open it. */
export const PANEL_BUTTONS = needs('panel', {
  panel: form('P'),
})
