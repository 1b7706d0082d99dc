import { isIsoDate, MINUTE_MS } from '../domain/time.ts'

/** What is being arranged: a new booking (staff null: anyone), or another time for an existing one. */
export type Flow =
  | { kind: 'book'; serviceId: number; staffId: number | null }
  | { kind: 'move'; bookingId: number }

/** Every inline button of the bot. Ids travel in the button, so a lost dialogue loses nothing. */
export type Button =
  | { to: 'services'; page: number }
  | { to: 'service'; serviceId: number }
  | { to: 'nearest'; flow: Flow }
  | { to: 'month'; flow: Flow; month: string }
  | { to: 'day'; flow: Flow; date: string; part: number }
  | { to: 'time'; flow: Flow; startsAt: number }
  | { to: 'confirm'; flow: Flow; startsAt: number; intent: string }
  | { to: 'stop' }
  | { to: 'my' }
  | { to: 'past'; page: number }
  | { to: 'card'; bookingId: number }
  | { to: 'ask-cancel'; bookingId: number }
  | { to: 'cancel'; bookingId: number }
  | { to: 'closed-day'; why: 'taken' | 'past' | 'far' }
  | { to: 'nothing' }

/** Raised when the meaning of a tag or of its fields changes: buttons of another version are out of date. */
const VERSION = '1'
const CALLBACK_DATA_BYTES = 64

const TAGS = {
  services: 's',
  service: 'v',
  nearest: 'n',
  month: 'm',
  day: 'd',
  time: 't',
  confirm: 'c',
  stop: 'x',
  my: 'y',
  past: 'p',
  card: 'k',
  'ask-cancel': 'a',
  cancel: 'r',
  'closed-day': 'e',
  nothing: 'z',
} as const satisfies Record<Button['to'], string>

const SCREENS = new Map<string, Button['to']>(
  Object.entries(TAGS).map(([to, tag]) => [tag, to as Button['to']]),
)

/** Button → callback_data of at most 64 bytes; starts are kept to the minute. */
export function encodeButton(button: Button): string {
  const data = [VERSION, TAGS[button.to], ...fieldsOf(button)].join(':')
  if (Buffer.byteLength(data) > CALLBACK_DATA_BYTES) throw new Error(`callback data is too long: ${data}`)
  return data
}

/** Undefined for a button of another version, and for anything that this codec did not write. */
export function decodeButton(data: string): Button | undefined {
  if (Buffer.byteLength(data) > CALLBACK_DATA_BYTES) return undefined
  const [version, tag = '', ...fields] = data.split(':')
  const to = SCREENS.get(tag)
  if (version !== VERSION || !to) return undefined
  const button = parse(to, fields)
  // What does not come back the same was not written here: extra fields, leading zeros, other spellings.
  return button && encodeButton(button) === data ? button : undefined
}

function fieldsOf(button: Button): string[] {
  switch (button.to) {
    case 'services':
    case 'past':
      return [word(button.page)]
    case 'service':
      return [word(button.serviceId)]
    case 'nearest':
      return [flowWord(button.flow)]
    case 'month':
      return [flowWord(button.flow), button.month]
    case 'day':
      return [flowWord(button.flow), button.date, word(button.part)]
    case 'time':
      return [flowWord(button.flow), word(button.startsAt / MINUTE_MS)]
    case 'confirm':
      return [flowWord(button.flow), word(button.startsAt / MINUTE_MS), button.intent]
    case 'card':
    case 'ask-cancel':
    case 'cancel':
      return [word(button.bookingId)]
    case 'closed-day':
      return [button.why]
    case 'stop':
    case 'my':
    case 'nothing':
      break
  }
  return []
}

function parse(to: Button['to'], [first = '', second = '', third = '']: string[]): Button | undefined {
  const number = numberOf(first)
  const flow = flowOf(first)
  switch (to) {
    case 'services':
    case 'past':
      return number === undefined ? undefined : { to, page: number }
    case 'service':
      return number === undefined ? undefined : { to, serviceId: number }
    case 'nearest':
      return flow && { to, flow }
    case 'month':
      return flow && isIsoDate(`${second}-01`) ? { to, flow, month: second } : undefined
    case 'day': {
      const part = numberOf(third)
      return flow && isIsoDate(second) && part !== undefined ? { to, flow, date: second, part } : undefined
    }
    case 'time': {
      const startsAt = instantOf(second)
      return flow && startsAt !== undefined ? { to, flow, startsAt } : undefined
    }
    case 'confirm': {
      const startsAt = instantOf(second)
      return flow && startsAt !== undefined && /^[a-z0-9]{1,20}$/.test(third)
        ? { to, flow, startsAt, intent: third }
        : undefined
    }
    case 'card':
    case 'ask-cancel':
    case 'cancel':
      return number === undefined ? undefined : { to, bookingId: number }
    case 'closed-day':
      return first === 'taken' || first === 'past' || first === 'far' ? { to, why: first } : undefined
    case 'stop':
    case 'my':
    case 'nothing':
      break
  }
  return { to }
}

function flowWord(flow: Flow): string {
  return flow.kind === 'move'
    ? `m${word(flow.bookingId)}`
    : `b${word(flow.serviceId)}.${flow.staffId === null ? '' : word(flow.staffId)}`
}

function flowOf(text: string): Flow | undefined {
  if (text.startsWith('m')) {
    const bookingId = numberOf(text.slice(1))
    return bookingId === undefined ? undefined : { kind: 'move', bookingId }
  }
  if (!text.startsWith('b')) return undefined
  const [service = '', staff = ''] = text.slice(1).split('.')
  const serviceId = numberOf(service)
  const staffId = staff === '' ? null : numberOf(staff)
  return serviceId === undefined || staffId === undefined ? undefined : { kind: 'book', serviceId, staffId }
}

function word(value: number): string {
  return value.toString(36)
}

function numberOf(text: string): number | undefined {
  if (!/^[0-9a-z]{1,11}$/.test(text)) return undefined
  const value = Number.parseInt(text, 36)
  return Number.isSafeInteger(value) ? value : undefined
}

/** Dates of JavaScript end at 8.64e15 ms; a forged button must not make an invalid one. */
function instantOf(text: string): number | undefined {
  const minutes = numberOf(text)
  return minutes === undefined || minutes > 100_000_000 ? undefined : minutes * MINUTE_MS
}
