import { afterPlan, type HoursPlan, type HoursRow, isSame, leftOutside } from '../../domain/hours-plan.ts'
import type { BotContext, Turn } from '../../runtime/turn.ts'
import { lockHours, readHoursRows, writeHoursPlan } from '../../storage/business-hours.ts'
import { type ComingBooking, listComing } from '../../storage/coming.ts'
import { readWorkingHours } from '../../storage/schedule.ts'
import { audit } from '../audit.ts'

export type HoursOutcome =
  | { kind: 'done'; outside: ComingBooking[] }
  | { kind: 'same' }
  /** Bookings would lie outside the new hours, and the admin has not been shown them yet: nothing has been done. */
  | { kind: 'ask'; outside: ComingBooking[] }
  /** No day of the week would be left to work on. */
  | { kind: 'week-empty' }

/** Changes the business's hours at once, or says what that would cost first. Bookings stay whatever the hours are. */
export async function changeHours(
  ctx: BotContext,
  planOf: (rows: readonly HoursRow[]) => HoursPlan,
  options: { sure: 'ask' | 'yes'; action: string; target: string },
): Promise<HoursOutcome> {
  const { tx, client, now, settings } = ctx.turn
  await lockHours(tx, client.clientId)
  const { before, own, others } = await readAllHours(ctx.turn)
  const plan = planOf(own)
  if (isSame(plan)) return { kind: 'same' }
  const after = [...others, ...afterPlan(own, plan)]
  if (!after.some((row) => row.staffId === null && (row.kind === 'weekly' || row.kind === 'rota')))
    return { kind: 'week-empty' }
  const coming = await listComing(tx, now, { staffId: null })
  const outside = leftOutside(coming, { before, after, timeZone: settings.timeZone })
  if (outside.length > 0 && options.sure === 'ask') return { kind: 'ask', outside }
  await writeHoursPlan(tx, plan)
  await audit(ctx, options.action, options.target, { before: plan.remove, after: plan.add })
  return { kind: 'done', outside }
}

/** The business's rows: those of its own table, or what stands in for a week that nobody has written yet. */
export async function readOwnHours(turn: Turn): Promise<HoursRow[]> {
  return (await readAllHours(turn)).own
}

async function readAllHours({ tx, client }: Turn) {
  const before = await readWorkingHours(tx, client.defaults.workHours)
  const stored = await readHoursRows(tx)
  const isWritten = stored.some((row) => row.kind === 'weekly')
  const standIn = before.flatMap((row): HoursRow[] =>
    row.kind === 'weekly' && row.staffId === null ? [{ ...row, id: null, note: '' }] : [],
  )
  return {
    before,
    own: isWritten ? stored : [...stored, ...standIn],
    others: before.filter((row) => row.staffId !== null || row.kind === 'rota'),
  }
}
