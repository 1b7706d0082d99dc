import type { LegacyData } from './data.ts'
import { openDesk, type PlanInput } from './desk.ts'
import type { LeftOut, TableAccount } from './ledger.ts'
import { type MovedBooking, planBookings } from './plan-bookings.ts'
import { planBlocks, planHistory } from './plan-calendar.ts'
import { planCustomers } from './plan-customers.ts'
import { planAdminActions, planAdmins, planFeedback } from './plan-people.ts'
import { type PriceAsText, planServices } from './plan-services.ts'
import { planSettings } from './plan-settings.ts'
import type { ImportChanges, ImportRows, ImportTable } from './rows.ts'

export type { Existing, PlanInput } from './desk.ts'
export { missingParts } from './ledger.ts'

/** What an import does and does not do, in words and numbers. It names no customer, so it may be kept for good. */
export interface ImportReport {
  /** Every table of the predecessor; found is always taken and left out together. */
  tables: TableAccount[]
  /** Rows that are added, by table of the client. */
  written: Record<ImportTable, number>
  leftOut: LeftOut[]
  movedBookings: MovedBooking[]
  pricesAsText: PriceAsText[]
  /** What is not as it was with the predecessor. */
  changes: string[]
}

export interface ImportPlan {
  rows: ImportRows
  changes: ImportChanges
  report: ImportReport
}

/** Decides what becomes of everything that a client had with the predecessor. Pure. */
export function planImport(data: LegacyData, input: PlanInput): ImportPlan {
  const desk = openDesk(data, input)
  const customers = planCustomers(desk)
  const services = planServices(desk)
  const bookings = planBookings(desk, customers, services)
  const rows: ImportRows = {
    users: customers.rows,
    services: services.rows,
    staff: bookings.staff,
    bookings: bookings.rows,
    booking_history: planHistory(desk, bookings),
    blocked_slots: planBlocks(desk, bookings),
    feedback: planFeedback(desk, bookings, customers),
    admins: planAdmins(desk),
    admin_actions: planAdminActions(desk),
  }
  const changes = { ...planSettings(desk), retiredServices: services.retired }
  const written = Object.fromEntries(
    Object.entries(rows).map(([table, list]) => [table, list.length]),
  ) as ImportReport['written']
  return {
    rows,
    changes,
    report: {
      ...desk.ledger.close(),
      written,
      movedBookings: bookings.moved,
      pricesAsText: services.pricesAsText,
      changes: desk.changes(),
    },
  }
}
