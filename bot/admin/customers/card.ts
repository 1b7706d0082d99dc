import { Composer } from 'grammy'
import { onButton, showEnd, whenOptions } from '../../dialogue/screen.ts'
import { customerLink, dateWords, whenWords } from '../../dialogue/words.ts'
import { formatMoney } from '../../domain/money.ts'
import { escapeHtml, type Html } from '../../i18n/texts.ts'
import type { BotContext } from '../../runtime/turn.ts'
import {
  type CustomerFile,
  type CustomerSums,
  findCustomerFile,
  sumCustomer,
} from '../../storage/customers.ts'
import { countOutcomes } from '../../storage/visits.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { showHandServices } from '../schedule/hand-services.ts'
import { showCustomers } from './list.ts'

/** Admins who run the bookings: all about one customer. */
export function customerCardScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'customer', async (ctx, { customerId }) => {
    const opened = await openCustomer(ctx, customerId)
    if (!opened.ok) return opened.say
    await showCustomer(ctx, opened.file)
    return undefined
  })
  // For whom it is goes along in the dialogue; where that is lost, the name is asked for as usual.
  onButton(screen, 'customer-book', async (ctx, { customerId }) => {
    const opened = await openCustomer(ctx, customerId)
    if (!opened.ok) return opened.say
    await showHandServices(ctx, 0, customerId)
    return undefined
  })
  return screen
}

export type OpenedCustomer = { ok: true; file: CustomerFile } | { ok: false; say: string }

/** The customer behind a button. Who is not there any more is answered with the list, and `say` is for the toast. */
export async function openCustomer(
  ctx: BotContext,
  customerId: number,
  options: { lock?: boolean } = {},
): Promise<OpenedCustomer> {
  const file = await findCustomerFile(ctx.turn.tx, customerId, options)
  if (file) return { ok: true, file }
  await showCustomers(ctx, 0)
  return { ok: false, say: ctx.turn.texts.plain('customers-gone') }
}

/** The card as it is now. */
export async function showCustomerAgain(ctx: BotContext, customerId: number): Promise<void> {
  const opened = await openCustomer(ctx, customerId)
  if (opened.ok) await showCustomer(ctx, opened.file)
}

async function showCustomer(ctx: BotContext, file: CustomerFile): Promise<void> {
  const { tx, texts, now } = ctx.turn
  const { id: customerId } = file
  const { came, noShow, cancelled } = await countOutcomes(tx, customerId)
  const sums = await sumCustomer(tx, customerId, now)
  showEnd(ctx, {
    kind: 'screen',
    html: texts.html('customers-card', {
      name: customerLink(file),
      facts: factLines(ctx, file, sums),
      outcomes: texts.html('schedule-outcomes', { came, missed: noShow, cancelled }),
      more: moreLines(ctx, file),
    }),
    keyboard: inline(
      [
        button(texts.plain('customers-notes-button'), { to: 'customer-notes', customerId }),
        button(texts.plain('customers-tags-button'), { to: 'customer-tags', customerId }),
      ],
      [
        ...(sums.bookings > 0
          ? [
              button(texts.plain('customers-bookings-button', { count: sums.bookings }), {
                to: 'customer-bookings',
                customerId,
                page: 0,
              }),
            ]
          : []),
        button(texts.plain('customers-rule-button'), { to: 'customer-rule', customerId }),
      ],
      [button(texts.plain('schedule-hand-door'), { to: 'customer-book', customerId })],
      [button(texts.plain('customers-back'), { to: 'customers', page: 0 })],
    ),
  })
}

function factLines(ctx: BotContext, file: CustomerFile, sums: CustomerSums): Html {
  const { texts } = ctx.turn
  const { spent, lastVisitAt, nextVisitAt } = sums
  const options = whenOptions(ctx.turn)
  const sum = spent.map(({ minor, currency }) => formatMoney(minor, currency, texts.language)).join(' + ')
  return linesOf([
    file.phone === null ? '' : texts.html('line-phone', { phone: file.phone }),
    texts.html('customers-since', { date: dateWords(file.createdAt, options) }),
    sum === '' ? '' : texts.html('customers-spent', { sum }),
    lastVisitAt === null ? '' : texts.html('customers-last', { date: dateWords(lastVisitAt, options) }),
    nextVisitAt === null
      ? ''
      : texts.html('customers-next', { when: whenWords(nextVisitAt, undefined, options) }),
  ])
}

function moreLines({ turn: { texts } }: BotContext, file: CustomerFile): Html {
  const { tags, notes, rule, telegramId, isGone } = file
  return linesOf([
    tags.length === 0 ? '' : texts.html('customers-tags-line', { tags: escapeHtml(tags.join(', ')) }),
    notes === '' ? '' : texts.html('customers-notes-line', { notes: escapeHtml(notes) }),
    rule === null ? '' : texts.html(`customers-rule-line-${rule}`),
    telegramId === null ? texts.html('customers-by-phone') : isGone ? texts.html('customers-is-gone') : '',
  ])
}

/** Each line begins with a line break; empty ones are left out. */
function linesOf(lines: readonly string[]): Html {
  return {
    html: lines
      .filter(Boolean)
      .map((line) => `\n${line}`)
      .join(''),
  }
}
