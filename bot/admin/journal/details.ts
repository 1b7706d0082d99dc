import type { BusinessSetting } from '../../contract/settings.ts'
import { whenOptions } from '../../dialogue/screen.ts'
import { whenWords } from '../../dialogue/words.ts'
import type { Audience } from '../../domain/broadcast.ts'
import { csvDate } from '../../domain/csv.ts'
import { formatMoney } from '../../domain/money.ts'
import { isIsoDate } from '../../domain/time.ts'
import { isTextKey } from '../../i18n/texts.ts'
import type { Turn } from '../../runtime/turn.ts'
import type { LoggedAction, namesInLog } from '../../storage/audit-log.ts'
import { weekdayNames } from '../../telegram/calendar.ts'
import { audienceWords } from '../broadcasts/words.ts'
import { CATALOGUE, type SettingValue } from '../settings/catalogue.ts'
import { valueWords as settingWords } from '../settings/words.ts'

export type Names = Awaited<ReturnType<typeof namesInLog>>
type Fields = Readonly<Record<string, unknown>>

/** Of no use to a person who reads the log. */
const HIDDEN = new Set(['id', 'currency', 'isDeleted', 'sortOrder', 'serviceId', 'staffName', 'by'])
const NOTHING = '—'

/** What an action changed, one thing in a line, without HTML: `Цена: 2 000 ₽ → 2 500 ₽`. */
export function changeLines(turn: Turn, { details, action, target }: LoggedAction, names: Names): string[] {
  const isSetting = action.startsWith('setting')
  const say = (name: string, value: unknown) =>
    isSetting && isSettingName(name)
      ? settingWords(turn.texts, name, value as SettingValue)
      : valueWords(turn, name, value, names)
  const { before, after, changes, ...others } = details
  if (isFields(changes))
    return Object.entries(changes).map(([key, change]) => {
      const { from, to } = isFields(change) ? change : { from: undefined, to: change }
      return `${settingName(turn, key)}: ${say(key, from)} → ${say(key, to)}`
    })
  const scalar = scalarName(action, target)
  const [old, now] = [asFields(before, scalar), asFields(after, scalar)]
  const both = before !== undefined && after !== undefined
  return Object.keys({ ...old, ...now, ...others })
    .filter((name) => !HIDDEN.has(name))
    .filter((name) => !both || say(name, old[name]) !== say(name, now[name]) || name in others)
    .map((name) => {
      if (name in others) return `${fieldName(turn, name)}: ${say(name, others[name])}`
      const values = [
        ...(before === undefined ? [] : [say(name, old[name])]),
        ...(after === undefined ? [] : [say(name, now[name])]),
      ]
      const arrow = both ? values.join(' → ') : values.join('')
      return name === 'value' ? arrow : `${fieldName(turn, name)}: ${arrow}`
    })
}

/** What a value without a name of its own is. */
function scalarName(action: string, target: string | null): string {
  if (action === 'booking.mark' || action === 'booking.cancel') return 'status'
  if (action === 'staff.order') return 'place'
  return target?.startsWith('setting:') ? target.slice('setting:'.length) : 'value'
}

function asFields(value: unknown, scalar: string): Fields {
  if (value === undefined) return {}
  return isFields(value) ? value : { [scalar]: value }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The name of a part of an action in plain words, or as it stands in the log. */
function fieldName(turn: Turn, name: string): string {
  const key = `journal-field-${name}`
  return isTextKey(key) ? turn.texts.plain(key) : settingName(turn, name)
}

export function settingName({ texts }: Turn, key: string): string {
  return isSettingName(key) ? texts.plain(`settings-name-${key}`) : key
}

function isSettingName(key: string): key is BusinessSetting {
  return Object.hasOwn(CATALOGUE, key)
}

function valueWords(turn: Turn, name: string, value: unknown, names: Names): string {
  const { texts } = turn
  const inner = (one: unknown) => valueWords(turn, name, one, names)
  if (name === 'audience' && isFields(value)) return audienceWords(texts, value as unknown as Audience)
  if (value === null || value === undefined || value === '') return NOTHING
  if (Array.isArray(value)) return value.map(inner).join(', ') || NOTHING
  if (isFields(value)) return fieldsWords(turn, value, names)
  if (typeof value === 'boolean') return texts.plain(value ? 'journal-yes' : 'journal-no')
  if (typeof value === 'number') {
    if (name === 'priceMinor') return formatMoney(value, 'RUB', texts.language)
    if (/minutes$/i.test(name)) return texts.plain('minutes', { minutes: value })
    if (name === 'weekday') return weekdayNames(texts.language)[value - 1] ?? String(value)
    if (name === 'staffId') return names.staff.get(value) ?? String(value)
    if (name === 'services' || name === 'toId') return names.service.get(value) ?? String(value)
    if (name === 'start' || name === 'end') return whenWords(value, undefined, whenOptions(turn))
    return String(value)
  }
  return typeof value === 'string' ? textWords(turn, name, value) : NOTHING
}

/** A text of the log: an instant, a day, a word of ours, or what somebody has typed. */
function textWords(turn: Turn, name: string, text: string): string {
  const { texts } = turn
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text))
    return whenWords(Date.parse(text), undefined, whenOptions(turn))
  if (isIsoDate(text)) return csvDate(text)
  const key = name === 'role' ? `admins-role-${text}` : `schedule-status-${text}`
  return (name === 'role' || name === 'status') && isTextKey(key) ? texts.plain(key) : text
}

/** Hours, what was sold, or anything else: the parts one after the other. */
function fieldsWords(turn: Turn, value: Fields, names: Names): string {
  if ('serviceId' in value && typeof value['name'] === 'string') return value['name']
  const say = (name: string) => valueWords(turn, name, value[name], names)
  if ('opens' in value) {
    const { weekday, fromDate, toDate, opens } = value
    const days = [
      ...(typeof weekday === 'number' ? [say('weekday')] : []),
      ...(typeof fromDate === 'string'
        ? [fromDate === toDate ? say('fromDate') : `${say('fromDate')}–${say('toDate')}`]
        : []),
    ]
    const hours = opens === null ? turn.texts.plain('calendar-closed') : `${say('opens')}–${say('closes')}`
    return [...days, hours].join(' ')
  }
  const parts = Object.keys(value)
    .filter((name) => !HIDDEN.has(name))
    .map((name) => `${fieldName(turn, name)}: ${say(name)}`)
  return parts.join(', ') || NOTHING
}
