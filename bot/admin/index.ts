import { Composer, type MiddlewareFn } from 'grammy'
import type { BotContext } from '../runtime/turn.ts'
import { adminsRoom } from './admins/index.ts'
import { broadcastsRoom } from './broadcasts/index.ts'
import { calendarRoom } from './calendar/index.ts'
import { customersRoom } from './customers/index.ts'
import { dashboardRoom } from './dashboard/index.ts'
import { exportsRoom } from './exports/index.ts'
import { guarded } from './guard.ts'
import { journalRoom } from './journal/index.ts'
import { massRoom } from './mass/index.ts'
import { panelScreen } from './panel.ts'
import { scheduleRoom } from './schedule/index.ts'
import { servicesRoom } from './services/index.ts'
import { settingsRoom } from './settings/index.ts'
import { staffRoom } from './staff/index.ts'
import { textsRoom } from './texts/index.ts'

/** The panel: all screens of the business's own people, behind one guard. */
export function adminFeatures(): MiddlewareFn<BotContext> {
  const screens = new Composer<BotContext>()
  screens.use(servicesRoom())
  screens.use(scheduleRoom())
  screens.use(customersRoom(), broadcastsRoom())
  screens.use(calendarRoom())
  screens.use(massRoom())
  screens.use(staffRoom())
  screens.use(adminsRoom(), settingsRoom())
  screens.use(textsRoom())
  screens.use(dashboardRoom(), exportsRoom(), journalRoom())
  // The last one takes every text that no question asked for.
  screens.use(panelScreen())
  return guarded(screens.middleware())
}
