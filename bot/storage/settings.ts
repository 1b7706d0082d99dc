import { type ClientSettings, clientSettingsSchema, type SettingKey } from '../contract/settings.ts'
import { isTimeZone } from '../domain/time.ts'
import type { Tx } from './database.ts'
import type { OwnText } from './own-texts.ts'
import type { Language } from './users.ts'

/** A row that cannot be used counts as missing and is named in `rejected`. */
interface Read {
  settings: ClientSettings
  rejected: string[]
}

/** The client's settings now: its own rows, then what the environment gives, then the product's defaults. */
export async function readSettings(tx: Tx, fromEnvironment: Partial<ClientSettings>): Promise<Read> {
  const { rows } = await tx.query<{ key: string; value: unknown }>('select key, value from settings')
  return settingsFrom(rows, fromEnvironment)
}

/** The settings with the texts that the business has written itself: each update needs both, and asks once. */
export async function readSettingsAndTexts(
  tx: Tx,
  fromEnvironment: Partial<ClientSettings>,
): Promise<Read & { ownTexts: OwnText[] }> {
  const { rows } = await tx.query<
    | { key: string; value: unknown; language: null; body: null }
    | { key: string; value: null; language: Language; body: string }
  >(
    `select key, value, null as language, null as body from settings
     union all
     select key, null, language, body from text_templates`,
  )
  return {
    ...settingsFrom(
      rows.filter((row) => row.language === null),
      fromEnvironment,
    ),
    ownTexts: rows.filter((row) => row.language !== null),
  }
}

function settingsFrom(
  rows: readonly { key: string; value: unknown }[],
  fromEnvironment: Partial<ClientSettings>,
): Read {
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
