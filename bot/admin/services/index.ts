import { Composer } from 'grammy'
import type { BotContext } from '../../runtime/turn.ts'
import { serviceAddScreen } from './add.ts'
import { serviceCardScreen } from './card.ts'
import { categoriesScreen } from './categories.ts'
import { serviceDeleteScreen } from './delete.ts'
import { serviceEditScreen } from './edit.ts'
import { linksScreen } from './links.ts'
import { serviceListScreen } from './list.ts'
import { serviceCategoryScreen } from './service-category.ts'
import { serviceStaffScreen } from './staff.ts'
import { serviceTermsScreen } from './terms.ts'

/** The room of the panel in which the business says what it offers. */
export function servicesRoom(): Composer<BotContext> {
  const room = new Composer<BotContext>()
  room.use(
    serviceListScreen(),
    serviceCardScreen(),
    serviceAddScreen(),
    serviceEditScreen(),
    serviceCategoryScreen(),
    serviceDeleteScreen(),
    categoriesScreen(),
    serviceStaffScreen(),
    serviceTermsScreen(),
    linksScreen(),
  )
  return room
}
