import { Composer } from 'grammy'
import { menuWords, withMenu } from '../dialogue/menu.ts'
import { show } from '../dialogue/screen.ts'
import { contactLines, factsOf, rulesText } from '../dialogue/words.ts'
import type { WorkingHoursRow } from '../domain/schedule.ts'
import { escapeHtml, shorten, type Texts } from '../i18n/texts.ts'
import type { BotContext } from '../runtime/turn.ts'
import { listServices, type Service } from '../storage/catalogue.ts'
import { readWorkingHours } from '../storage/schedule.ts'
import { weekdayNames } from '../telegram/calendar.ts'

/** With title, text, hours and contacts this stays below Telegram's 4096 characters. */
const SERVICES_TEXT_MAX = 1_800

/** Anybody: services, opening hours, contacts, rules. */
export function aboutScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  screen.command('about', showAbout)
  screen.hears(menuWords('menu-about'), showAbout)
  return screen
}

async function showAbout(ctx: BotContext): Promise<void> {
  const { texts, settings, tx, client } = ctx.turn
  const hours = await readWorkingHours(tx, client.defaults.workHours)
  const html = texts.html('about', {
    title: settings.title,
    text: section(settings.about ? [escapeHtml(shorten(settings.about, 1_000)).html] : []),
    services: section(servicesOf(texts, await listServices(tx))),
    hours: section(hoursOf(texts, hours)),
    contacts: section([...contactLines(texts, settings), ...siteLine(texts, settings.siteUrl)]),
    rules: rulesText(texts, settings),
    limit: settings.maxBookingsPerUser,
  })
  show(ctx, withMenu(ctx, html))
}

function siteLine(texts: Texts, url: string): string[] {
  return url ? [texts.html('line-site', { url: escapeHtml(url), host: new URL(url).hostname })] : []
}

function section(lines: readonly string[]): { html: string } {
  return { html: lines.length > 0 ? `\n\n${lines.join('\n')}` : '' }
}

function servicesOf(texts: Texts, services: readonly Service[]): string[] {
  if (services.length === 0) return []
  const lines: string[] = []
  let length = 0
  for (const service of services) {
    const line = `${escapeHtml(service.name).html} · ${factsOf(texts, service)}`
    length += line.length
    if (length > SERVICES_TEXT_MAX) break
    lines.push(line)
  }
  const more = services.length - lines.length
  return [
    texts.html('about-services'),
    ...lines,
    ...(more > 0 ? [texts.html('about-more', { count: more })] : []),
  ]
}

/** The business's week, neighbouring days of equal hours in one line: `пн–сб 09:00–18:00`. */
function hoursOf(texts: Texts, rows: readonly WorkingHoursRow[]): string[] {
  const names = weekdayNames(texts.language)
  const groups: { from: number; to: number; hours: string }[] = []
  for (let weekday = 1; weekday <= 7; weekday++) {
    const hours = rows
      .flatMap((row) =>
        row.kind === 'weekly' && row.staffId === null && row.weekday === weekday
          ? [`${row.opens}–${row.closes}`]
          : [],
      )
      .toSorted()
      .join(', ')
    const last = groups.at(-1)
    if (hours && last?.hours === hours && last.to === weekday - 1) last.to = weekday
    else if (hours) groups.push({ from: weekday, to: weekday, hours })
  }
  const lines = groups.map(({ from, to, hours }) => {
    const days = from === to ? names[from - 1] : `${names[from - 1]}–${names[to - 1]}`
    return `${days} ${hours}`
  })
  return lines.length > 0 ? [texts.html('about-hours'), ...lines] : []
}
