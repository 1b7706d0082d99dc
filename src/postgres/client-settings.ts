import {
  type BusinessSetting,
  type ClientSettings,
  clientSettingsSchema,
  DEFAULT_WORK_DAYS,
  type SettingKey,
  type WorkHours,
} from '../../bot/contract/settings.ts'
import { type ClientNames, quoteIdentifier } from '../fleet/names.ts'
import type { AdminDb } from './admin.ts'

/** The client's settings: its own rows where they can be used, else the product's defaults. */
export async function readClientSettings(db: AdminDb, names: ClientNames): Promise<ClientSettings> {
  return clientSettingsSchema.parse(await readOwnSettings(db, names))
}

/** The client's own rows alone; one that cannot be used counts as missing. */
export async function readOwnSettings(db: AdminDb, names: ClientNames): Promise<Partial<ClientSettings>> {
  const { rows } = await db.query<{ key: string; value: unknown }>(
    `select key, value from ${quoteIdentifier(names.schema)}.settings`,
  )
  const usable = rows.filter(
    ({ key, value }) => clientSettingsSchema.shape[key as SettingKey]?.safeParse(value).success ?? false,
  )
  return Object.fromEntries(usable.map(({ key, value }) => [key, value]))
}

/**
 * Title and zone as they stand in the tables of these clients, by one statement. One whose schema is not there is left out.
 * query_to_xml reads tables whose names are data; the values travel as hex, for XML would change them.
 */
export async function readTitlesAndZones(
  db: AdminDb,
  schemas: readonly string[],
): Promise<Map<string, { title: string | null; timeZone: string | null }>> {
  const value = (key: string) =>
    `convert_from(decode((xpath('/row/${key.toLowerCase()}/text()', x))[1]::text, 'hex'), 'UTF8')::jsonb`
  const column = (key: string) =>
    `max(encode(convert_to(value::text, ''UTF8''), ''hex'')) filter (where key = ''${key}'') as ${key.toLowerCase()}`
  const { rows } = await db.query<{ schema: string; title: unknown; zone: unknown }>(
    `select schema, ${value('title')} as title, ${value('timeZone')} as zone
       from unnest($1::text[]) as schema,
            lateral (select query_to_xml(
              format('select ${column('title')}, ${column('timeZone')} from %I.settings', schema), false, true, '') as x) as q
      where to_regclass(format('%I.settings', schema)) is not null`,
    [schemas],
  )
  const text = (value: unknown) => (typeof value === 'string' ? value : null)
  return new Map(
    rows.map(({ schema, title, zone }) => [schema, { title: text(title), timeZone: text(zone) }]),
  )
}

/** Writes one setting. False when it was so already. */
export async function upsertSetting(
  db: AdminDb,
  names: ClientNames,
  key: SettingKey,
  value: unknown,
  actor: string,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into ${quoteIdentifier(names.schema)}.settings as s (key, value, updated_by)
     values ($1, $2::jsonb, $3)
     on conflict (key) do update
       set value = excluded.value, updated_at = now(), updated_by = excluded.updated_by
     where s.value is distinct from excluded.value`,
    [key, JSON.stringify(value), actor],
  )
  return rowCount > 0
}

/** Forgets one setting, so that the default counts again. False when there was none. */
async function deleteSetting(db: AdminDb, names: ClientNames, key: SettingKey): Promise<boolean> {
  const { rowCount } = await db.query(
    `delete from ${quoteIdentifier(names.schema)}.settings where key = $1`,
    [key],
  )
  return rowCount > 0
}

/**
 * Writes settings into the client's own table, with a row in its admin_actions that says who changed what. Those of
 * `unset` go back to the default, which `defaults` names where it is not the product's.
 * Returns those that really changed; none changed, nothing written.
 */
export async function writeClientSettings(
  db: AdminDb,
  names: ClientNames,
  set: Partial<ClientSettings>,
  actor: string,
  {
    unset = [],
    defaults = {},
  }: { unset?: readonly BusinessSetting[]; defaults?: Partial<ClientSettings> } = {},
): Promise<SettingKey[]> {
  const wanted = clientSettingsSchema.partial().parse(set)
  return await db.transaction(async (tx) => {
    const effective = async () =>
      clientSettingsSchema.parse({ ...defaults, ...(await readOwnSettings(tx, names)) })
    const before = await effective()
    const changed: SettingKey[] = []
    // Only keys that were given: parsing may fill in defaults for the others.
    for (const key of Object.keys(set) as SettingKey[]) {
      if (wanted[key] === undefined) continue
      if (await upsertSetting(tx, names, key, wanted[key], actor)) changed.push(key)
    }
    for (const key of unset) if (await deleteSetting(tx, names, key)) changed.push(key)
    if (changed.length === 0) return changed
    const after = await effective()
    await tx.query(
      `insert into ${quoteIdentifier(names.schema)}.admin_actions (actor, action, target, details)
       values ('operator', 'settings', $1, $2)`,
      [
        changed.join(', '),
        JSON.stringify({
          by: actor,
          changes: Object.fromEntries(changed.map((key) => [key, { from: before[key], to: after[key] }])),
        }),
      ],
    )
    return changed
  })
}

/** Replaces the weekly hours of the whole business; the days it works on stay as they are. */
export async function writeWeeklyHours(db: AdminDb, names: ClientNames, hours: WorkHours): Promise<void> {
  await db.transaction(async (tx) => {
    const { rows } = await tx.query<{ weekday: number }>(
      `delete from ${quoteIdentifier(names.schema)}.working_hours
        where kind = 'weekly' and staff_id is null
       returning weekday`,
    )
    const days = [...new Set(rows.map((row) => row.weekday))]
    await insertWeeklyHours(tx, names, hours, days.length > 0 ? days : DEFAULT_WORK_DAYS)
  })
}

/** One weekly range for each of the weekdays (1 is Monday). */
export async function insertWeeklyHours(
  db: AdminDb,
  names: ClientNames,
  hours: WorkHours,
  weekdays: readonly number[],
): Promise<void> {
  const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`
  await db.query(
    `insert into ${quoteIdentifier(names.schema)}.working_hours (kind, weekday, opens, closes)
     select 'weekly', weekday, $2::time, $3::time
       from unnest($1::smallint[]) as weekday
      order by weekday`,
    [weekdays, clock(hours.start), clock(hours.end)],
  )
}
