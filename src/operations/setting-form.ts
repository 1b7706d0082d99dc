import * as z from 'zod'
import {
  type BusinessSetting,
  type ClientSettings,
  clientSettingsSchema,
} from '../../bot/contract/settings.ts'

/** What the schema of a setting says of it, in the words of JSON Schema: all that is known here of any of them. */
interface Form {
  type?: string
  description?: string
  enum?: string[]
  minimum?: number
  maximum?: number
  maxLength?: number
  maxItems?: number
  items?: Form
  anyOf?: Form[]
}

const { properties } = z.toJSONSchema(clientSettingsSchema)

/** What a setting allows, in words: few of them, for a column of a table. */
export function settingAllows(key: BusinessSetting): string {
  return words(formOf(key))
}

/** What was typed as a setting's value: of the right type where that can be meant, else as it was typed. */
export function typedValue(key: BusinessSetting, text: string): unknown {
  return read(formOf(key), text)
}

/** A value as it may be typed. Nothing (no value, an empty text or list) is empty. */
export function settingText(value: ClientSettings[keyof ClientSettings]): string {
  return String(value ?? '')
}

function formOf(key: BusinessSetting): Form {
  return properties?.[key] as Form
}

function words(form: Form): string {
  if (form.description) return form.description
  if (form.anyOf) return `${words(valueForm(form))}, or nothing`
  if (form.enum) return oneOf(form.enum)
  if (form.type === 'boolean') return oneOf(['true', 'false'])
  if (form.type === 'array')
    return `${words(form.items ?? {})}, up to ${form.maxItems} of them by commas, or nothing`
  if (form.type === 'string') return `up to ${form.maxLength} characters`
  return `a ${form.type === 'integer' ? 'whole ' : ''}number ${form.minimum}–${form.maximum}`
}

function read(form: Form, text: string): unknown {
  if (form.anyOf) return text === '' ? null : read(valueForm(form), text)
  if (form.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  if (form.type === 'array')
    return text === '' ? [] : text.split(',').map((one) => read(form.items ?? {}, one.trim()))
  if (form.type === 'string') return text
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}

/** Of one that may also be nothing. */
function valueForm({ anyOf }: Form): Form {
  return anyOf?.find(({ type }) => type !== 'null') ?? {}
}

function oneOf(choices: readonly string[]): string {
  return `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`
}
