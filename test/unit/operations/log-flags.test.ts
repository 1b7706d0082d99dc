import { describe, expect, test } from 'vitest'
import { parseSince, parseTail, showLine } from '../../../src/operations/log-flags.ts'

const now = new Date('2026-11-24T12:00:00Z')

describe('logs since a time', () => {
  test.each([
    ['90s', '2026-11-24T11:58:30.000Z'],
    ['10m', '2026-11-24T11:50:00.000Z'],
    ['2h', '2026-11-24T10:00:00.000Z'],
    ['3d', '2026-11-21T12:00:00.000Z'],
    ['2026-11-24T09:00:00Z', '2026-11-24T09:00:00.000Z'],
    ['2026-11-24', '2026-11-24T00:00:00.000Z'],
  ])('%s is understood', (typed, at) => {
    expect(parseSince(typed, now).toISOString()).toBe(at)
  })

  test.each(['soon', '10', '-5m', '10 minutes', '2026-99-99', ''])(
    '%j is refused with what to write',
    (typed) => {
      expect(() => parseSince(typed, now)).toThrow(expect.objectContaining({ exitCode: 2 }))
    },
  )

  test.each(['-1', 'all', '1.5', ''])('--tail %j is refused', (typed) => {
    expect(() => parseTail(typed)).toThrow(expect.objectContaining({ exitCode: 2 }))
  })
})

describe('a line of a log', () => {
  const event = '{"event":"bot_ready"}'
  test('of one client is left as it is', () => {
    expect(showLine(event, 'client_anna', { json: false, several: false })).toBe(event)
  })
  test('of several names its client', () => {
    expect(showLine(event, 'client_anna', { json: false, several: true })).toBe(`client_anna  ${event}`)
  })
  test('is a document with --json, also where a crash wrote plain text', () => {
    expect(showLine(event, 'client_anna', { json: true, several: true })).toBe(event)
    for (const line of ['    at main.js:1', '{"event":"cut'])
      expect(JSON.parse(showLine(line, 'client_anna', { json: true, several: true }))).toEqual({
        client: 'client_anna',
        line,
      })
  })
})
