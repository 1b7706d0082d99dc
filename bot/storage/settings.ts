import { type ClientSettings, clientSettingsSchema, type SettingKey } from '../contract/settings.ts'
import { isTimeZone } from '../domain/time.ts'
import type { Tx } from './database.ts'

/**
 * The client's settings now: its own rows, then what the environment gives, then the product's defaults.
 * A row that cannot be used counts as missing and is named in `rejected`.
 */
export async function readSettings(
  tx: Tx,
  fromEnvironment: Partial<ClientSettings>,
): Promise<{ settings: ClientSettings; rejected: string[] }> {
  const { rows } = await tx.query<{ key: string; value: unknown }>('select key, value from settings')
  const usable: Record<string, unknown> = { ...fromEnvironment }
  const rejected: string[] = []
  for (const { key, value } of rows) {
    const field = clientSettingsSchema.shape[key as SettingKey]
    if (!field) continue
    const known = field.safeParse(value).success && (key !== 'timeZone' || isTimeZone(String(value)))
    if (known) usable[key] = value
    else rejected.push(key)
  }
  return { settings: clientSettingsSchema.parse(usable), rejected }
}

/** Writes one setting, or with `undefined` forgets it, so that the default counts again. False when it was so already. */
export async function writeSetting(
  tx: Tx,
  key: SettingKey,
  value: ClientSettings[SettingKey] | undefined,
  by: string,
  now: number,
): Promise<boolean> {
  const { rowCount } =
    value === undefined
      ? await tx.query('delete from settings where key = $1', [key])
      : await tx.query(
          `insert into settings as s (key, value, updated_at, updated_by)
           values ($1, $2::jsonb, $3, $4)
           on conflict (key) do update
             set value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by
           where s.value is distinct from excluded.value`,
          [key, JSON.stringify(value), new Date(now), by],
        )
  return rowCount > 0
}
