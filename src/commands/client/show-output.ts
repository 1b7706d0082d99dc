import { BUSINESS_SETTINGS, type ClientSettings, type SettingKey } from '../../../bot/contract/settings.ts'
import type { ClientView } from '../../operations/client-view.ts'
import { settingAllows, settingText } from '../../operations/setting-form.ts'
import type { Ui } from '../../ui/output.ts'
import { cut } from '../../ui/table.ts'

/** Longer texts are shown by their beginning; `--json` has all of them. */
const TEXT_SHOWN = 40

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** What `client show` prints of a client. */
export function renderClient(ui: Ui, view: ClientView): string {
  const { settings, names } = view
  const ready = view.bot.ready ? 'ready' : view.bot.reason ? `not ready: ${view.bot.reason}` : 'not ready'
  const lines: [string, string][] = [
    ['client', `${view.id}  ${view.title}`],
    ['state', view.state],
    ['bot', `${view.bot.username ? `@${view.bot.username}  ` : ''}${view.bot.state}, ${ready}`],
    ['runs', view.run ? 'yes' : 'kept stopped'],
    ['time zone', view.timeZone],
    ['admins', view.adminIds.join(', ') || '–'],
    ...(settings ? ([['hours', hours(view) || '–']] satisfies [string, string][]) : []),
    ['schema, role', `${names.schema}, key prefix ${names.keyPrefix}`],
    ['in .env', view.inEnv.join(', ') || '–'],
    ['uuid', view.uuid],
  ]
  const text = lines.map(([name, value]) => `${name.padEnd(14)}${value}`)
  if (settings)
    text.push(
      'settings (bookctl client set ID --setting SETTING=VALUE)',
      settingsTable(ui, settings, view.ownSettings),
    )
  const services = view.services.map(
    (one) =>
      `  ${one.name}, ${one.minutes} min${one.price === null ? '' : `, ${one.price} ₽`}${one.active ? '' : ' (off)'}`,
  )
  if (services.length > 0) text.push(`services (${services.length})`, ...services)
  const operations = view.operations.map(
    (one) =>
      `  ${one.startedAt.slice(0, 16).replace('T', ' ')}  ${one.kind}  ${one.state}${one.state === 'running' && one.step ? ` (step ${one.step})` : ''}  by ${one.startedBy}`,
  )
  if (operations.length > 0) text.push('operations (UTC)', ...operations)
  return text.join('\n')
}

function hours(view: ClientView): string {
  return view.weeklyHours
    .map((row) => `${DAYS[row.weekday - 1] ?? row.weekday} ${row.opens}–${row.closes}`)
    .join(', ')
}

/** All of them, each with what it allows: this is also where one looks up what there is to set. */
function settingsTable(ui: Ui, settings: ClientSettings, own: readonly SettingKey[]): string {
  const rows = BUSINESS_SETTINGS.map((key) => [
    `  ${key}`,
    cut(settingText(settings[key]).replaceAll(/\s+/g, ' '), TEXT_SHOWN) || '(empty)',
    own.includes(key) ? 'own' : 'default',
    settingAllows(key),
  ])
  return ui.table(['  SETTING', 'VALUE', 'IS', 'ALLOWED'], rows)
}
