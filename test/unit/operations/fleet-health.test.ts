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
  held: false,
  serversUp: true,
  backupTooOld: false,
}

const ADDING = { kind: 'client add', again: 'bookctl client add client_anna --adopt' }

test('an interrupted operation is shown with the very command that finishes it', () => {
  expect(judgeClient({ ...well, unfinished: ADDING }).hint).toBe(ADDING.again)
})

describe('the operator sees at a glance which client needs a hand', () => {
  test.each<[string, Partial<ClientFacts>, boolean, string]>([
    ['a ready bot', {}, true, 'ready'],
    ['stopped on purpose', { run: false, process: 'exited' }, true, 'stopped'],
    ['kept data without a bot', { state: 'detached', run: undefined, process: 'missing' }, true, 'detached'],
    ['Redis away', { ready: false, notReadyReason: 'redis' }, false, 'no redis'],
    ['no heartbeat for a minute', { beatAgeSeconds: 60 }, false, 'silent'],
    ['ended with a code', { process: 'exited', exitCode: 137 }, false, 'down (137)'],
    ['crashing again and again', { process: 'restarting' }, false, 'crashing'],
    ['an add that was killed', { unfinished: ADDING }, false, 'unfinished'],
    ['an add that goes on', { unfinished: ADDING, held: true, state: 'pending' }, true, 'being added'],
    ['a restart by a colleague', { held: true, ready: false }, true, 'being changed'],
    ['a ready bot that a colleague looks after', { held: true }, true, 'ready'],
    ['a removal that failed', { state: 'removing', process: 'missing' }, false, 'removing'],
    ['a bot in its first second', { ready: false }, false, 'starting'],
    ['a second poller of its token', { ready: false, notReadyReason: 'other-poller' }, false, 'other poller'],
    ['a token that Telegram refused', { process: 'exited', exitCode: 12 }, false, 'token refused'],
    ['bad settings', { process: 'exited', exitCode: 10 }, false, 'bad settings'],
    ['a schema that does not fit', { process: 'exited', exitCode: 13 }, false, 'schema refused'],
    ['the fleet is down', { process: 'missing', state: null, serversUp: false }, false, 'down'],
    ['PostgreSQL is away', { state: null, serversUp: false }, false, 'unknown'],
    ['no file any more', { run: undefined, process: 'missing' }, false, 'no file'],
    ['backups that have stopped', { backupTooOld: true }, false, 'backup too old'],
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
