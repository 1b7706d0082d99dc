import { Composer } from 'grammy'
import { ask, onAnswer } from '../../dialogue/input.ts'
import { pageOf } from '../../dialogue/pages.ts'
import { onButton } from '../../dialogue/screen.ts'
import { readPerson } from '../../domain/person-text.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { searchCustomers } from '../../storage/customer-search.ts'
import { listRecentCustomers, readCustomers } from '../../storage/customers.ts'
import type { VisitCustomer } from '../../storage/visit-customer.ts'
import { button, type InlineButton } from '../../telegram/keyboards.ts'
import { knownLabel } from '../schedule/words.ts'

const FOUND_MAX = 80
const QUERY_MAX = 100

/** Admins who run the bookings: the customers who were here lately, and a search among all. */
export function customersScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'customers', async (ctx, { page }) => {
    await showCustomers(ctx, page)
    return undefined
  })
  onButton(screen, 'customers-found', async (ctx, { page }) => {
    const { texts, dialogue } = ctx.turn
    const query = dialogue?.draft?.['query']
    if (typeof query === 'string' && (await showFound(ctx, query, page))) return undefined
    await showCustomers(ctx, 0)
    return texts.plain('customers-search-lost')
  })
  for (const about of ['customers', 'customers-found'] as const)
    onAnswer(screen, about, async (ctx, _, text) =>
      (await showFound(ctx, text, 0)) ? undefined : ctx.turn.texts.html('customers-nobody', { query: text }),
    )
  return screen
}

/** The list of those who were here lately; whatever is typed then is searched for. */
export async function showCustomers(ctx: BotContext, wanted: number): Promise<void> {
  const { tx, texts } = ctx.turn
  const { items, arrows, page } = pageOf(await listRecentCustomers(tx), {
    page: wanted,
    turnTo: (there) => ({ to: 'customers', page: there }),
  })
  ask(ctx, {
    about: { to: 'customers', page },
    html: texts.html(items.length === 0 ? 'customers-none' : 'customers-recent'),
    back: { to: 'panel' },
    choices: [...rowsOf(await readCustomers(tx, items)), arrows],
  })
}

/** False: nobody was found, and nothing is shown. */
async function showFound(ctx: BotContext, typed: string, wanted: number): Promise<boolean> {
  const { tx, texts } = ctx.turn
  const query = [...typed].slice(0, QUERY_MAX).join('')
  const found = await searchCustomers(tx, readPerson(query), FOUND_MAX)
  if (found.length === 0) return false
  const { items, arrows, page } = pageOf(found, {
    page: wanted,
    turnTo: (there) => ({ to: 'customers-found', page: there }),
  })
  ask(ctx, {
    about: { to: 'customers-found', page },
    html: texts.html('customers-found', { query }),
    back: { to: 'customers', page: 0 },
    choices: [...rowsOf(items), arrows],
    draft: { query },
  })
  return true
}

function rowsOf(customers: readonly VisitCustomer[]): InlineButton[][] {
  return customers.map((customer) => [
    button(knownLabel(customer), { to: 'customer', customerId: customer.id }),
  ])
}
