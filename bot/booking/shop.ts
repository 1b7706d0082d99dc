import type { Turn } from '../runtime/turn.ts'
import type { Shop } from './offer.ts'

/** The business as the rules of booking see it in this update. */
export function shopOf(turn: Turn): Shop {
  return {
    clientId: turn.client.clientId,
    settings: turn.settings,
    workHours: turn.client.defaults.workHours,
    now: turn.now,
  }
}
