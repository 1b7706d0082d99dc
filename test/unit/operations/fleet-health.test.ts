import { describe, expect, test } from 'vitest'
import {
  type ClientFacts,
  formatAge,
  formatBytes,
  judgeClient,
} from '../../../src/operations/fleet-health.ts'

const well: ClientFacts = {
  id: 'client_anna',
  title: 'Anna',
  state: 'active',
  run: true,
  process: 'running',
  exitCode: null,
  ready: true,
  notReadyReason: null,
  beatAgeSeconds: 2,
  unfinished: null,
}

describe('the operator sees at a glance which client needs a hand', () => {
  test.each<[string, Partial<ClientFacts>, boolean, string]>([
    ['a ready bot', {}, true, 'ready'],
    ['stopped on purpose', { run: false, process: 'exited' }, true, 'stopped'],
    ['kept data without a bot', { state: 'detached', run: undefined, process: 'missing' }, true, 'detached'],
    ['Redis away', { ready: false, notReadyReason: 'redis' }, false, 'no redis'],
    ['no heartbeat for a minute', { beatAgeSeconds: 60 }, false, 'silent'],
    ['ended with a code', { process: 'exited', exitCode: 12 }, false, 'down (12)'],
    ['crashing again and again', { process: 'restarting' }, false, 'crashing'],
    ['an add that was killed', { unfinished: 'client add' }, false, 'unfinished'],
    ['declared, never added', { state: 'declared', process: 'missing' }, false, 'not added'],
    ['runs although it should not', { run: false }, false, 'runs, but should not'],
  ])('%s', (_, facts, healthy, word) => {
    const verdict = judgeClient({ ...well, ...facts })
    expect(verdict).toMatchObject({ healthy, word })
    expect(verdict.hint === null).toBe(healthy)
  })

  test.each([
    [9, '9s'],
    [61, '1m'],
    [3 * 3600 + 12 * 60, '3h 12m'],
    [26 * 3600, '1d 2h'],
    [40 * 86_400, '40d'],
  ])('%d seconds read as %s', (seconds, text) => {
    expect(formatAge(seconds)).toBe(text)
  })

  test.each([
    [500, '500 B'],
    [1536, '1.5 kB'],
    [20 * 1024 * 1024, '20 MB'],
  ])('%d bytes read as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })
})
