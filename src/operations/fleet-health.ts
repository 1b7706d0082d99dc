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
  unfinished: string | null
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

/** Judges one client. A bot that is stopped on purpose is healthy; so is a client whose data is kept without a bot. */
export function judgeClient(facts: ClientFacts): Verdict {
  const ill = (word: string, hint: string | null = `bookctl client logs ${facts.id}`): Verdict => ({
    healthy: false,
    word,
    hint,
  })
  const well = (word: string): Verdict => ({ healthy: true, word, hint: null })
  if (facts.unfinished) return ill('unfinished', `bookctl ${facts.unfinished} ${facts.id}`)
  if (facts.state === 'detached') return well('detached')
  if (facts.state === 'declared' || facts.state === 'pending')
    return ill('not added', `bookctl client add ${facts.id}`)
  if (facts.state === 'removing') return ill('removing', `bookctl client remove ${facts.id}`)
  if (facts.run === undefined) return ill('no file', `clients/${facts.id}.yml is missing`)
  if (facts.process === 'running') {
    if (!facts.run) return ill('runs, but should not', `bookctl client stop ${facts.id}`)
    if (facts.state === null) return ill('unknown')
    if (facts.beatAgeSeconds !== null && facts.beatAgeSeconds > SILENT_SECONDS) return ill('silent')
    if (facts.ready) return well('ready')
    return ill(facts.notReadyReason ? `no ${facts.notReadyReason}` : 'not ready')
  }
  if (!facts.run) return well('stopped')
  if (facts.process === 'restarting') return ill('crashing')
  const code = facts.exitCode === null ? '' : ` (${facts.exitCode})`
  return ill(`down${code}`, `bookctl client start ${facts.id}`)
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
