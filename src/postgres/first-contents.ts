import {
  DEFAULT_WORK_DAYS,
  DEFAULT_WORK_HOURS,
  type ServiceDeclaration,
  type SettingKey,
} from '../../bot/contract/settings.ts'
import { type ClientNames, quoteIdentifier } from '../fleet/names.ts'
import type { InitialValues } from '../fleet/schema.ts'
import type { AdminDb } from './admin.ts'
import { insertWeeklyHours, upsertSetting } from './client-settings.ts'

/** What a new client offers until its admins say otherwise, so that its first customer can book at once. */
const EXAMPLE_SERVICE: ServiceDeclaration = {
  name: 'Консультация',
  minutes: 60,
  description: 'Пример услуги',
}

/** Fills a new schema: settings, weekly hours Monday to Saturday, one member of staff called as the business, services. */
export async function writeFirstContents(
  tx: AdminDb,
  names: ClientNames,
  options: { title: string; initial: InitialValues },
): Promise<void> {
  const { workHours, services, ...settings } = options.initial
  for (const [key, value] of Object.entries(settings))
    if (value !== undefined) await upsertSetting(tx, names, key as SettingKey, value, 'operator')
  await insertWeeklyHours(tx, names, workHours ?? DEFAULT_WORK_HOURS, DEFAULT_WORK_DAYS)
  const schema = quoteIdentifier(names.schema)
  await tx.query(`insert into ${schema}.staff (name) values ($1)`, [options.title])
  for (const [index, service] of (services ?? [EXAMPLE_SERVICE]).entries())
    await tx.query(
      `insert into ${schema}.services (name, description, minutes, price_minor, sort_order)
       values ($1, $2, $3, $4, $5)`,
      [service.name, service.description, service.minutes, kopecks(service.price), index],
    )
}

function kopecks(rubles: number | undefined): number | null {
  return rubles === undefined ? null : Math.round(rubles * 100)
}
