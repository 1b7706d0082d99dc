import { number, word } from '../button-fields.ts'
import { form, needs } from '../button-forms.ts'

/** `all`, those of so many days, or a tag by its key. */
const audience = word(/^(?:all|d[1-9]\d{0,2}|t[0-9a-f]{10})$/, 'all')

/** Messages to many customers at once. */
export const BROADCAST_BUTTONS = needs('manage_settings', {
  broadcasts: form('Nl', { page: number }),
  'broadcast-new': form('Nn', { page: number }),
  'broadcast-text': form('Nt', { audience }),
  'broadcast-start': form('Ns', { broadcastId: number }),
  broadcast: form('Nc', { broadcastId: number }),
  'broadcast-stop-ask': form('Nq', { broadcastId: number }),
  'broadcast-stop': form('Nx', { broadcastId: number }),
})
