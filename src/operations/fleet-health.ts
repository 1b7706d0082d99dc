import { BOT_EXIT } from '../../bot/contract/env.ts'
import type { RunState } from '../engines/engine.ts'

/** What was found out about one client; null where it could not be asked. */
export interface ClientFacts {
  id: string
  title: string
  /** As in fleet.clients, `declared` for a file that was never added; null while PostgreSQL is away. */
  state: string | null
  /** What the declaration wants; undefined when there is no file. */
  run: boolean | undefined
  process: RunState
  exitCode: number | null
  ready: boolean
  notReadyReason: string | null
  beatAgeSeconds: number | null
  /** The operation whose journal row still runs, as `client add`, and what continues it. */
  unfinished: { kind: string; again: string } | null
  /** Somebody's bookctl works on this client now. */
  held: boolean
  /** Both servers answer. */
  serversUp: boolean
  /** It had a proved backup, and that is older than the policy allows. */
  backupTooOld: boolean
}

export interface Verdict {
  healthy: boolean
  /** One or two words for the table. */
  word: string
  /** What to type, where something is to be done. */
  hint: string | null
}

/** A heartbeat comes every 5 seconds; this many without one mean that the bot hangs. */
const SILENT_SECONDS = 30

const WORDS: Record<string, string> = {
  starting: 'starting',
  stopping: 'stopping',
  'other-poller': 'other poller',
}

const GOING_ON: Record<string, string> = {
  'client add': 'being added',
  'client remove': 'being removed',
  restore: 'being restored',
  'client import': 'being imported',
}

/**
 * Judges one client. A bot that is stopped on purpose is healthy; so is a client whose data is kept without a bot,
 * and one that somebody's bookctl is changing at this moment.
 */
export function judgeClient(facts: ClientFacts): Verdict {
  const verdict = judgeAtRest(facts)
  if (verdict.healthy || !facts.held) return verdict
  return well(GOING_ON[facts.unfinished?.kind ?? ''] ?? 'being changed')
}

function judgeAtRest(facts: ClientFacts): Verdict {
  const verdict = judgeBot(facts)
  if (!verdict.healthy || !facts.backupTooOld || facts.state === 'detached') return verdict
  return ill('backup too old', `bookctl backup ${facts.id}`)
}

function judgeBot(facts: ClientFacts): Verdict {
  const { id, state, run } = facts
  if (facts.unfinished) return ill('unfinished', facts.unfinished.again)
  if (state === 'detached') return well('detached')
  if (state === 'declared' || state === 'pending') return ill('not added', `bookctl client add ${id}`)
  if (state === 'removing') return ill('removing', `bookctl client remove ${id}`)
  if (state === 'restoring') return ill('restoring', `bookctl restore ${id}`)
  if (run === undefined) return ill('no file', `bookctl apply ${id}`)
  if (facts.process === 'running') return judgeRunning(facts)
  if (!run) return well('stopped')
  if (!facts.serversUp) return ill('down', 'bookctl up')
  const { exitCode } = facts
  if (exitCode === BOT_EXIT.token) return ill('token refused', `bookctl client set ${id} --token-file FILE`)
  const log = `bookctl client logs ${id}`
  if (exitCode === BOT_EXIT.configuration) return ill('bad settings', log)
  if (exitCode === BOT_EXIT.schema) return ill('schema refused', log)
  if (facts.process === 'restarting') return ill('crashing', log)
  return ill(`down${exitCode === null ? '' : ` (${exitCode})`}`, `bookctl client start ${id}`)
}

function judgeRunning(facts: ClientFacts): Verdict {
  const { id, notReadyReason } = facts
  const log = `bookctl client logs ${id}`
  if (facts.run === false) return ill('runs, but should not', `bookctl client stop ${id}`)
  if (facts.state === null) return ill('unknown', 'bookctl up')
  if (facts.beatAgeSeconds !== null && facts.beatAgeSeconds > SILENT_SECONDS) return ill('silent', log)
  if (facts.ready) return well('ready')
  return ill(notReadyReason ? (WORDS[notReadyReason] ?? `no ${notReadyReason}`) : 'starting', log)
}

function ill(word: string, hint: string): Verdict {
  return { healthy: false, word, hint }
}

function well(word: string): Verdict {
  return { healthy: true, word, hint: null }
}

/** `3d 4h`, `5h 12m`, `7m`, `12s`: two units at most. */
export function formatAge(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const [days, hours, minutes] = [
    Math.floor(whole / 86_400),
    Math.floor(whole / 3600) % 24,
    Math.floor(whole / 60) % 60,
  ]
  if (days > 0) return hours > 0 && days < 10 ? `${days}d ${hours}h` : `${days}d`
  if (hours > 0) return minutes > 0 ? `${hours}h ${minutes}m` : `${hours}h`
  return minutes > 0 ? `${minutes}m` : `${whole}s`
}

/** Bytes in binary units, short. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${value >= 10 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`
}
