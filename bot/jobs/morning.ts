import { customerLink, dateWords, serviceName } from '../dialogue/words.ts'
import { dayBounds, localTime } from '../domain/time.ts'
import { escapeHtml, type Html, shorten, type Texts } from '../i18n/texts.ts'
import { listAdminIds } from '../storage/admins.ts'
import { listStaffAccounts } from '../storage/catalogue.ts'
import { listVisits, type Visit } from '../storage/visits.ts'
import { button, inline } from '../telegram/keyboards.ts'
import { dailyJob } from './daily.ts'

/** So many lines fit a message with names and links as long as they may be. */
const LINES_MAX = 25
const NAME_MAX = 28

/** In the morning: the day of everybody for admins, their own for members of staff with an account. */
export const morningList = dailyJob({
  name: 'morning-list',
  timeOf: (settings) => settings.morningListTime,
  async recipientsOf({ tx, client }) {
    const admins = await listAdminIds(tx, client.staticAdminIds)
    return [...new Set([...admins, ...(await listStaffAccounts(tx)).keys()])]
  },
  async read({ tx, client, settings }, date) {
    return {
      admins: new Set(await listAdminIds(tx, client.staticAdminIds)),
      accounts: await listStaffAccounts(tx),
      visits: await listVisits(tx, dayBounds(date, settings.timeZone), null),
    }
  },
  write({ admins, accounts, visits }, { telegramId, texts }, { settings, now }, date) {
    const { timeZone } = settings
    const day = dateWords(dayBounds(date, timeZone).start, { language: texts.language, timeZone, now })
    if (!admins.has(telegramId)) {
      const own = visits.filter(({ staffId }) => staffId === accounts.get(telegramId))
      if (own.length === 0) return undefined
      return {
        kind: 'morning-list',
        html: texts.html('schedule-morning-own', { date: day, lines: linesOf(texts, own, timeZone, false) }),
      }
    }
    const several = new Set(visits.map(({ staffId }) => staffId)).size > 1
    const lines = linesOf(texts, visits, timeZone, several)
    return {
      kind: 'morning-list',
      html:
        visits.length === 0
          ? texts.html('schedule-morning-none', { date: day })
          : texts.html('schedule-morning', { date: day, count: visits.length, lines }),
      keyboard: inline([
        button(texts.plain('schedule-open-day'), { to: 'schedule-day', date, staffId: null, page: 0 }),
      ]),
    }
  },
})

/** One visit in a line; each begins with a line break. */
function linesOf(texts: Texts, visits: readonly Visit[], timeZone: string, withStaff: boolean): Html {
  const lines = visits.slice(0, LINES_MAX).map((visit) => {
    const { customer, startsAt, endsAt, status } = visit
    const words = [serviceName(visit), ...(withStaff ? [visit.staffName] : []), customer.phone ?? '']
    return [
      `${status === 'pending' ? '⏳ ' : ''}${localTime(startsAt, timeZone)}–${localTime(endsAt, timeZone)} ${customerLink(shortNamed(customer)).html}`,
      ...words.filter(Boolean).map((word) => escapeHtml(shorten(word, NAME_MAX)).html),
    ].join(' · ')
  })
  const more = visits.length - lines.length
  if (more > 0) lines.push(texts.html('schedule-more', { count: more }))
  return { html: lines.map((line) => `\n${line}`).join('') }
}

function shortNamed(customer: Visit['customer']): Visit['customer'] {
  const { firstName, lastName } = customer
  const name = [firstName, lastName].filter(Boolean).join(' ')
  return { ...customer, firstName: shorten(name, NAME_MAX), lastName: null }
}
