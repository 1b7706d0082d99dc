import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bookFlow, type Flow } from '../../../bot/telegram/button-fields.ts'
import { BUTTON_KINDS, type Button, decodeButton, encodeButton } from '../../../bot/telegram/callback-data.ts'

const id = fc.oneof(fc.nat(), fc.maxSafeNat())
const flow: fc.Arbitrary<Flow> = fc.oneof(
  fc.record({ kind: fc.constant('book' as const), serviceId: id, staffId: fc.option(id, { nil: null }) }),
  fc
    .uniqueArray(fc.nat(60_000_000), { minLength: 2, maxLength: 5 })
    .map((services) => bookFlow(services, null)),
  fc.record({ kind: fc.constant('move' as const), bookingId: id }),
)
const startsAt = fc.integer({ min: 0, max: 100_000_000 }).map((minutes) => minutes * 60_000)
const date = fc
  .integer({ min: 0, max: 40_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10))
const intent = fc.stringMatching(/^[a-z0-9]{1,15}(\.[0-9a-f]{4})?$/)
const to = <T extends string>(name: T) => fc.constant(name)
const button: fc.Arbitrary<Button> = fc.oneof(
  fc.record({ to: to('services'), page: fc.nat(1000) }),
  fc.record({ to: to('past'), page: fc.nat(1000) }),
  fc.record({ to: to('category'), category: fc.stringMatching(/^[0-9a-f]{10}$/), page: fc.nat(1000) }),
  fc.record({ to: to('service-gives'), serviceId: id, staffId: id, gives: to('y'), page: id }),
  fc.record({
    to: to('service-term-set'),
    serviceId: id,
    staffId: id,
    term: to('minutes'),
    value: fc.option(id, { nil: null }),
  }),
  fc.record({ to: to('service'), serviceId: id }),
  fc.record({ to: to('nearest'), flow }),
  fc.record({ to: to('month'), flow, month: date.map((day) => day.slice(0, 7)) }),
  fc.record({ to: to('day'), flow, date, part: fc.nat(20) }),
  fc.record({ to: to('time'), flow, startsAt }),
  fc.record({ to: to('confirm'), flow, startsAt, intent }),
  fc.record({
    to: fc.constantFrom('card' as const, 'ask-cancel' as const, 'cancel' as const),
    bookingId: id,
  }),
  fc.record({
    to: to('closed-day'),
    why: fc.constantFrom('taken' as const, 'past' as const, 'far' as const),
  }),
  fc.record({ to: fc.constantFrom('stop' as const, 'my' as const, 'nothing' as const) }),
)

describe('buttons', () => {
  test('no room uses the name of another room’s button', async () => {
    const folder = new URL('../../../bot/telegram/buttons/', import.meta.url)
    const names: string[] = []
    for (const file of readdirSync(folder)) {
      const exported = (await import(new URL(file, folder).href)) as Record<string, object>
      for (const [name, table] of Object.entries(exported))
        if (name.endsWith('_BUTTONS')) names.push(...Object.keys(table))
    }
    expect(names.toSorted()).toEqual(BUTTON_KINDS.toSorted())
  })

  test('every button comes back as it was, within Telegram’s 64 bytes', () => {
    fc.assert(
      fc.property(button, (original) => {
        const data = encodeButton(original)
        expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64)
        expect(decodeButton(data)).toEqual(original)
      }),
      { numRuns: 2000 },
    )
  })

  test('what this bot did not write is not understood, and never an error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (data) => {
        const decoded = decodeButton(data)
        if (decoded) expect(encodeButton(decoded)).toBe(data)
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    ['another version', '0:y'],
    ['an unknown screen', '1:q'],
    ['the predecessor’s button', 'book_time:2026-01-01:10:00'],
    ['a day that no calendar has', '1:d:b1.:2026-02-30:0'],
    ['an id beyond what numbers hold', '1:k:zzzzzzzzzzz'],
    ['an instant beyond all dates', '1:t:b1.:zzzzzzz'],
    ['leading zeros', '1:k:007'],
    ['more fields', '1:k:7:8'],
    ['nothing', ''],
  ])('%s is out of date', (_, data) => {
    expect(decodeButton(data)).toBeUndefined()
  })
})
