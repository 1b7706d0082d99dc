import { Composer } from 'grammy'
import type { BotContext } from '../runtime/turn.ts'
import { aboutScreen } from './about.ts'
import { calendarFileScreen } from './calendar-file.ts'
import { cancelScreen } from './cancel.ts'
import { cancelReasonScreen } from './cancel-reason.ts'
import { cardScreen } from './card.ts'
import { chooseServiceScreen } from './choose-service.ts'
import { chooseTimeScreen } from './choose-time.ts'
import { comingScreen } from './coming.ts'
import { confirmScreen, showTime } from './confirm.ts'
import { contactScreens } from './contact/index.ts'
import { fallbackScreen } from './fallback.ts'
import { feedbackScreen } from './feedback.ts'
import { helpScreen } from './help.ts'
import { letGoScreen } from './keep-time.ts'
import { leaveScreen } from './leave.ts'
import { myBookingsScreen } from './my-bookings.ts'
import { newsScreen } from './news.ts'
import { preferencesScreen } from './preferences.ts'
import { privacyScreen } from './privacy.ts'
import { repeatScreen } from './repeat.ts'
import { serviceListsScreen } from './service-lists.ts'
import { severalServicesScreen } from './several-services.ts'
import { startScreen } from './start.ts'
import { waitlistScreens } from './waitlist/index.ts'

/** All screens of the customer's side; the last of them answers what no other understood. */
export function bookingFeatures(): Composer<BotContext> {
  const features = new Composer<BotContext>()
  features.use(
    letGoScreen(),
    startScreen(),
    helpScreen(),
    aboutScreen(),
    leaveScreen(),
    serviceListsScreen(),
    chooseServiceScreen(),
    severalServicesScreen(),
    chooseTimeScreen(),
    confirmScreen(),
    waitlistScreens(),
    myBookingsScreen(),
    cardScreen(),
    cancelScreen(),
    cancelReasonScreen(),
    calendarFileScreen(),
    repeatScreen(),
    comingScreen(),
    contactScreens(showTime),
    feedbackScreen(),
    preferencesScreen(),
    newsScreen(),
    privacyScreen(),
    fallbackScreen(),
  )
  return features
}
