import { readFile } from 'node:fs/promises'
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import {
  type BusinessSettings,
  clientSettingsSchema,
  type ServiceDeclaration,
  serviceDeclarationSchema,
  type WorkHours,
} from '../../bot/contract/settings.ts'
import { BookctlError } from '../errors.ts'
import { clientDeclarationSchema, initialValuesSchema } from '../fleet/schema.ts'

/** `9-18` → { start: 9, end: 18 }. @throws BookctlError (exit 2). */
export function parseWorkHours(typed: string): WorkHours {
  const match = /^\s*(\d{1,2})\s*[-–]\s*(\d{1,2})\s*$/.exec(typed)
  return checked(
    '--work-hours',
    initialValuesSchema.shape.workHours.unwrap(),
    match ? { start: Number(match[1]), end: Number(match[2]) } : undefined,
    'two whole hours such as 9-18',
  )
}

export function parseTitle(typed: string): string {
  return checked('--title', clientDeclarationSchema.shape.title, typed)
}

export function parseTimeZone(typed: string): string {
  return checked('--timezone', clientDeclarationSchema.shape.timeZone, typed)
}

/** Settings of the business that have flags of their own. */
export interface FlaggedSettings {
  maxBookings?: string
  cancellationHours?: string
  address?: string
  phone?: string
}

/** Those that were given. @throws BookctlError (exit 2) naming the flag. */
export function flaggedSettings(typed: FlaggedSettings): Partial<BusinessSettings> {
  const { shape } = clientSettingsSchema
  const settings: Partial<BusinessSettings> = {}
  const { maxBookings, cancellationHours, address, phone } = typed
  if (maxBookings !== undefined)
    settings.maxBookingsPerUser = checked(
      '--max-bookings',
      shape.maxBookingsPerUser,
      wholeNumber(maxBookings),
    )
  if (cancellationHours !== undefined)
    settings.cancellationHours = checked(
      '--cancellation-hours',
      shape.cancellationHours,
      wholeNumber(cancellationHours),
    )
  if (address !== undefined) settings.address = checked('--address', shape.address, address.trim())
  if (phone !== undefined) settings.phone = checked('--phone', shape.phone, phone.trim())
  return settings
}

/** Numeric Telegram ids of people, each once. `typed` may hold several, separated by commas or spaces. */
export function parseAdminIds(typed: readonly string[], flag = '--admin'): string[] {
  const words = typed.flatMap((word) => word.split(/[\s,]+/)).filter(Boolean)
  const wrong = words.filter((word) => !/^[1-9]\d{0,15}$/.test(word))
  if (wrong.length > 0)
    throw new BookctlError(
      'admin-id',
      'usage',
      `${flag} takes numeric Telegram ids, not ${wrong.join(', ')}`,
      {
        hint: 'A person sees their own id in a chat with @userinfobot.',
      },
    )
  return [...new Set(words)]
}

/**
 * Reads `--services FILE`: a YAML list of name, minutes, price and description.
 * @throws BookctlError (exit 2) with every mistake and its line.
 */
export async function readServicesFile(file: string): Promise<ServiceDeclaration[]> {
  const lines = new LineCounter()
  const document = parseDocument(await readText(file), { lineCounter: lines })
  const at = (offset: number | undefined) => (offset === undefined ? 1 : lines.linePos(offset).line)
  const mistakes = document.errors.map((error) => `line ${at(error.pos[0])}: ${firstLine(error.message)}`)
  if (mistakes.length === 0 && !isSeq(document.contents))
    mistakes.push('line 1: expected a list of services, each starting with "- name: …"')
  const services: ServiceDeclaration[] = []
  const names = new Map<string, number>()
  const items = mistakes.length === 0 && isSeq(document.contents) ? document.contents.items : []
  items.forEach((item, index) => {
    const node = item as { range?: [number, number, number]; toJS(doc: unknown): unknown }
    const value = serviceDeclarationSchema.safeParse(node.toJS(document))
    if (value.success) {
      const earlier = names.get(value.data.name)
      if (earlier === undefined) names.set(value.data.name, at(node.range?.[0]))
      else
        mistakes.push(
          `line ${at(node.range?.[0])}: service ${index + 1}: '${value.data.name}' is there already (line ${earlier})`,
        )
      services.push(value.data)
      return
    }
    for (const issue of value.error.issues) {
      const key = issue.code === 'unrecognized_keys' ? issue.keys[0] : issue.path[0]
      const line = at(positionOf(item, key) ?? node.range?.[0])
      mistakes.push(
        `line ${line}: service ${index + 1}${key === undefined ? '' : `, ${String(key)}`}: ${issue.message}`,
      )
    }
  })
  if (mistakes.length === 0 && (services.length === 0 || services.length > 100))
    mistakes.push(`expected 1 to 100 services, found ${services.length}`)
  if (mistakes.length > 0)
    throw new BookctlError('services-file', 'usage', `${file} has mistakes:\n  ${mistakes.join('\n  ')}`, {
      hint: 'Each service has a name and minutes (5 to 1440), and may have a price in rubles and a description.',
      details: { mistakes },
    })
  return services
}

function positionOf(item: unknown, key: PropertyKey | undefined): number | undefined {
  if (!isMap(item)) return undefined
  const pair = item.items.find((candidate) => isScalar(candidate.key) && candidate.key.value === key)
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new BookctlError('services-file', 'usage', `Cannot read ${file}: ${code ?? 'unreadable'}`, {
      cause: error,
    })
  }
}

function wholeNumber(typed: string): number | string {
  return /^\d+$/.test(typed.trim()) ? Number(typed) : typed
}

function checked<S extends z.ZodType>(
  flag: string,
  schema: S,
  value: unknown,
  expected?: string,
): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const rule =
    (value === undefined ? expected : undefined) ?? result.error.issues.map((i) => i.message).join('; ')
  throw new BookctlError('value-invalid', 'usage', `${flag}: ${rule}`)
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text
}
