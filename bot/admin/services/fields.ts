import {
  BUFFER_RANGE,
  DESCRIPTION_MAX,
  isWithin,
  MINUTES_RANGE,
  NAME_MAX,
  parseLine,
  parseMinutes,
  parsePrice,
} from '../../domain/service-input.ts'
import type { ServiceFields } from '../../storage/services.ts'
import type { Button } from '../../telegram/callback-data.ts'

export type FieldName = (Button & { to: 'service-field' })['field']

/** How one field of a service is asked for and understood. */
interface ServiceField {
  /** Values that can be tapped; null takes the field's content away. */
  choices: readonly (number | null)[]
  /** What a tapped value changes; undefined: a forged one. */
  fromChoice(value: number | null): Partial<ServiceFields> | undefined
  /** What a typed answer changes; undefined: it is not understood. */
  fromText(text: string): Partial<ServiceFields> | undefined
}

export const SERVICE_FIELDS: Record<FieldName, ServiceField> = {
  name: {
    choices: [],
    fromChoice: () => undefined,
    fromText(text) {
      const name = parseLine(text, NAME_MAX)
      return name === undefined ? undefined : { name }
    },
  },
  description: {
    choices: [null],
    fromChoice: (value) => (value === null ? { description: '' } : undefined),
    fromText: (text) =>
      [...text].length <= DESCRIPTION_MAX ? { description: text === '-' ? '' : text } : undefined,
  },
  minutes: minutesField([15, 30, 45, 60, 90, 120], MINUTES_RANGE, (minutes) => ({ minutes })),
  step: {
    ...minutesField([null, 10, 15, 30, 60], MINUTES_RANGE, (stepMinutes) => ({ stepMinutes })),
    fromChoice: (stepMinutes) =>
      stepMinutes === null || isWithin(stepMinutes, MINUTES_RANGE) ? { stepMinutes } : undefined,
  },
  before: minutesField([0, 5, 10, 15, 30, 60], BUFFER_RANGE, (bufferBeforeMinutes) => ({
    bufferBeforeMinutes,
  })),
  after: minutesField([0, 5, 10, 15, 30, 60], BUFFER_RANGE, (bufferAfterMinutes) => ({ bufferAfterMinutes })),
  price: {
    choices: [null],
    fromChoice: (value) => (value === null ? { priceMinor: null, priceFrom: false } : undefined),
    fromText: parsePrice,
  },
}

function minutesField(
  choices: readonly (number | null)[],
  range: { min: number; max: number },
  change: (minutes: number) => Partial<ServiceFields>,
): ServiceField {
  const checked = (minutes: number | null | undefined) =>
    typeof minutes === 'number' && isWithin(minutes, range) ? change(minutes) : undefined
  return { choices, fromChoice: checked, fromText: (text) => checked(parseMinutes(text)) }
}
