import { describe, expect, test } from 'vitest'
import { type Attempt, judgeTasks } from '../../../src/schedule/due.ts'

const at = (text: string) => new Date(text)
const times = { backup: '03:00', drill: '04:00', prune: '05:00' }
/** 2026-11-25, 09:00 of Moscow: tonight's times were 00:00, 01:00 and 02:00 of UTC. */
const now = at('2026-11-25T06:00:00Z')
const done = { backup: at('2026-11-25T00:17:00Z'), drill: at('2026-11-25T01:17:00Z'), prunable: () => false }
const judge = (more: Partial<Parameters<typeof judgeTasks>[0]> = {}) =>
  judgeTasks({ times, zone: 'Europe/Moscow', now, done, attempts: {}, ...more })
const due = (more: Partial<Parameters<typeof judgeTasks>[0]>) =>
  judge(more).flatMap((one) => (one.due ? [one.task] : []))
const failed = (startedAt: string, failures: number): Attempt => ({
  startedAt,
  endedAt: startedAt,
  ok: false,
  failures,
})

describe('what the archives say is done is not done again', () => {
  test('a night that went well leaves nothing', () => {
    expect(judge().map(({ overdue, due }) => [overdue, due])).toEqual([
      [false, false],
      [false, false],
      [false, false],
    ])
  })

  test('a backup made by hand after the time counts as well', () => {
    expect(due({ done: { ...done, backup: at('2026-11-25T05:59:00Z') } })).toEqual([])
  })

  test('an attempt that says it went well counts for nothing: the archives are gone', () => {
    const well = { ...failed('2026-11-25T00:17:00Z', 0), ok: true }
    expect(due({ done: { ...done, backup: new Date(0) }, attempts: { backup: well } })).toEqual(['backup'])
  })
})

test('a drill that went well and could restore nothing for want of the key waits for its next time', () => {
  const never = { ...done, drill: new Date(0) }
  const well = (startedAt: string) => ({ drill: { ...failed(startedAt, 0), ok: true } })
  expect(due({ done: never, attempts: well('2026-11-25T01:17:00Z') })).toEqual([])
  expect(due({ done: never, attempts: well('2026-11-24T01:17:00Z') })).toEqual(['drill'])
  expect(due({ done: never, attempts: { drill: failed('2026-11-25T01:17:00Z', 1) } })).toEqual(['drill'])
})

describe('what was slept through is done at the next look', () => {
  test('once, however many nights it were', () => {
    const asleep = {
      backup: at('2026-11-20T00:17:00Z'),
      drill: at('2026-11-20T01:17:00Z'),
      prunable: () => true,
    }
    expect(due({ done: asleep })).toEqual(['backup', 'drill', 'prune'])
    expect(due({ done: { ...asleep, backup: now } })).toEqual(['drill', 'prune'])
  })

  test('before its time of the night nothing is due yet', () => {
    const evening = { now: at('2026-11-25T23:59:00Z'), done: { ...done, backup: at('2026-11-25T00:00:00Z') } }
    expect(due(evening)).toEqual([])
    expect(due({ ...evening, now: at('2026-11-26T00:00:00Z') })).toEqual(['backup'])
  })

  test('a prune is due when something could have gone at its time and is still there', () => {
    const asked: Date[] = []
    judge({ done: { ...done, prunable: (moment) => asked.push(moment) > 0 } })
    expect(asked).toEqual([at('2026-11-25T02:00:00Z')])
  })
})

test('a failure is tried three times a night, and again in the next one', () => {
  const old = { ...done, backup: at('2026-11-24T00:17:00Z') }
  const tried = (failures: number, startedAt = '2026-11-25T02:17:00Z') =>
    due({ done: old, attempts: { backup: failed(startedAt, failures) } })
  expect([tried(1), tried(2), tried(3)]).toEqual([['backup'], ['backup'], []])
  expect(judge({ done: old, attempts: { backup: failed('2026-11-25T02:17:00Z', 3) } })[0]?.overdue).toBe(true)
  expect(tried(3, '2026-11-24T02:17:00Z')).toEqual(['backup'])
})

test('a task that is switched off is never overdue', () => {
  const off = { times: { ...times, backup: null }, done: { ...done, backup: new Date(0) } }
  expect(judge(off)[0]).toEqual({ task: 'backup', since: null, overdue: false, due: false })
})
