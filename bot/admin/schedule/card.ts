import { staffNameToShow } from '../../booking/details.ts'
import { decisionRow } from '../../booking/notices.ts'
import { showEnd, whenOptions } from '../../dialogue/screen.ts'
import { customerContact, dateWords, serviceName, whenWords } from '../../dialogue/words.ts'
import { localDate, localTime } from '../../domain/time.ts'
import { decideMark, isActive, type Mark } from '../../domain/visits.ts'
import { escapeHtml, type Html } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { type HistoryLine, readHistory } from '../../storage/booking-history.ts'
import { countOutcomes, type Visit } from '../../storage/visits.ts'
import { button, type InlineButton, inline, inRows } from '../../telegram/keyboards.ts'
import { priceText, staffLine } from './words.ts'

const HISTORY_LINES = 8

/** All about one booking, and what can be done with it. `said`: what has just been done, above the rest. */
export async function showCard(ctx: BotContext, visit: Visit, said: readonly string[] = []): Promise<void> {
  const { tx, texts } = ctx.turn
  const { came, noShow, cancelled } = await countOutcomes(tx, visit.customer.id)
  const history = await readHistory(tx, visit.id, HISTORY_LINES)
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html('schedule-card', {
      said: { html: said.length === 0 ? '' : `${said.join(' ')}\n\n` },
      service: serviceName(visit),
      when: whenWords(visit.startsAt, visit.endsAt, whenOptions(ctx.turn)),
      details: await detailsOf(ctx, visit),
      customer: contactOf(visit),
      outcomes: texts.html('schedule-outcomes', { came, missed: noShow, cancelled }),
      note: noteOf(ctx, visit),
      status: texts.html(`schedule-status-${visit.status}`),
      history: { html: history.map((line) => historyLine(ctx, line)).join('\n') },
    }),
    keyboard: inline(...actionsOf(ctx, visit)),
  })
}

/** Name, @username and phone of the customer of a booking. */
export function contactOf({ customer }: Pick<Visit, 'customer'>): Html {
  return customerContact(customer)
}

async function detailsOf(ctx: BotContext, visit: Visit): Promise<Html> {
  const { texts } = ctx.turn
  const price = priceText(texts, visit)
  const staffName = await staffNameToShow(ctx.turn.tx, visit)
  return {
    html: `${staffLine(texts, staffName).html}${price === '' ? '' : `\n${texts.html('line-price', { price })}`}`,
  }
}

function noteOf({ turn }: BotContext, { note }: Visit): Html {
  if (note === '') return { html: '' }
  return { html: `\n${turn.texts.html('schedule-note-line', { note: escapeHtml(note) })}` }
}

function historyLine(ctx: BotContext, line: HistoryLine): string {
  const { texts, settings } = ctx.turn
  const options = { ...whenOptions(ctx.turn), month: 'short' as const }
  const moment = (instant: number | null) =>
    instant === null ? '—' : `${dateWords(instant, options)}, ${localTime(instant, settings.timeZone)}`
  const role = texts.plain(`schedule-who-${line.actor}`)
  const base = {
    at: moment(line.at),
    who: line.actor === 'admin' && line.actorName !== null ? `${role} ${line.actorName}` : role,
  }
  switch (line.action) {
    case 'created':
      return texts.html('schedule-history-created', base)
    case 'rescheduled':
      return texts.html('schedule-history-rescheduled', {
        ...base,
        old: moment(line.oldStartsAt),
        new: moment(line.newStartsAt),
      })
    case 'changed':
      return texts.html('schedule-history-changed', { ...base, what: line.reason ?? '' })
    case 'cancelled':
      return texts.html('schedule-history-cancelled', {
        ...base,
        why: line.reason === null ? '' : ` (${line.reason})`,
      })
    case 'status':
      break
  }
  const status = line.newStatus as Visit['status']
  return texts.html('schedule-history-status', { ...base, status: texts.plain(`schedule-status-${status}`) })
}

function actionsOf(ctx: BotContext, visit: Visit): InlineButton[][] {
  const { texts, now, settings } = ctx.turn
  const { id: bookingId, startsAt: seen } = visit
  const mark = (key: 'confirm' | 'came' | 'no-show', to: Mark) =>
    decideMark(visit, to, now, settings.timeZone).ok
      ? [
          button(texts.plain(`schedule-${key}-button`), {
            to: 'visit-mark',
            bookingId,
            mark: to,
            was: visit.status,
          }),
        ]
      : []
  const asked = visit.status === 'pending'
  const marks = [
    ...(asked ? [] : mark('confirm', 'confirmed')),
    ...mark('came', 'came'),
    ...mark('no-show', 'no_show'),
  ]
  const changes = isActive(visit.status)
    ? [
        button(texts.plain('schedule-move-button'), {
          to: 'admin-nearest',
          flow: { kind: 'move', bookingId },
        }),
        ...(asked
          ? []
          : [button(texts.plain('schedule-cancel-button'), { to: 'visit-cancel-ask', bookingId, seen })]),
        button(texts.plain('schedule-service-button'), { to: 'visit-service', bookingId, seen, page: 0 }),
        button(texts.plain('schedule-member-button'), { to: 'visit-member', bookingId, seen, page: 0 }),
      ]
    : []
  const date = localDate(seen, settings.timeZone)
  return [
    asked ? decisionRow(texts, visit) : [],
    marks,
    ...inRows(changes, 2),
    [
      button(texts.plain('schedule-note-button'), { to: 'visit-note', bookingId }),
      button(texts.plain('customers-card-button'), { to: 'customer', customerId: visit.customer.id }),
    ],
    [button(texts.plain('schedule-day-button'), { to: 'schedule-day', date, staffId: null, page: 0 })],
  ]
}
