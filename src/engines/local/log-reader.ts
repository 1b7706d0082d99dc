import { createReadStream, existsSync, statSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LogOptions } from '../engine.ts'

const FOLLOW_MS = 200

/**
 * Lines of a log file and of its rotated predecessor. `since` goes by each line's own time; a line without one
 * (a stack trace) belongs to the line before it.
 */
export async function* readLog(path: string, options: LogOptions = {}): AsyncGenerator<string> {
  let position = size(path)
  const known = chosen(path, position, options.since)
  if (options.tail === undefined) yield* known
  else yield* await last(known, options.tail)
  let half = ''
  while (options.follow && !options.signal?.aborted) {
    const now = size(path)
    const pieces: [string, number, number][] = []
    // The file was emptied by rotation: its rest is in the copy.
    if (now < position) pieces.push([`${path}.1`, position, size(`${path}.1`)], [path, 0, now])
    else if (now > position) pieces.push([path, position, now])
    position = now
    for (const [file, from, to] of pieces) {
      const lines = (half + (await slice(file, from, to))).split('\n')
      half = lines.pop() ?? ''
      yield* lines
    }
    if (pieces.length === 0) await sleep(FOLLOW_MS, undefined, signalOf(options)).catch(() => undefined)
  }
}

export function lastLines(path: string, count: number): Promise<string[]> {
  return last(chosen(path, size(path), undefined), count)
}

/**
 * The instant that a line carries: pino's `time`, PostgreSQL's `2026-01-31 12:00:00.000 UTC`, or Redis's
 * `31 Jan 2026 12:00:00.000` (its process runs in UTC). Undefined for other lines.
 */
export function timeOfLine(line: string): Date | undefined {
  const pino = /^\{.*?"time":(?:(\d{13})|"([^"]+)")/.exec(line)
  if (pino) return valid(new Date(pino[1] === undefined ? (pino[2] ?? '') : Number(pino[1])))
  const postgres = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d\.\d{3}) UTC /.exec(line)
  if (postgres) return valid(new Date(`${postgres[1]}T${postgres[2]}Z`))
  const redis = /^\d+:[A-Z] (\d\d \w{3} \d{4} \d\d:\d\d:\d\d\.\d{3}) /.exec(line)
  return redis ? valid(new Date(`${redis[1]} UTC`)) : undefined
}

async function* chosen(path: string, end: number, since: Date | undefined): AsyncGenerator<string> {
  let inside = since === undefined
  for (const [file, to] of [
    [`${path}.1`, size(`${path}.1`)],
    [path, end],
  ] as const) {
    if (to === 0) continue
    const lines = createInterface({ input: createReadStream(file, { end: to - 1 }), crlfDelay: Infinity })
    for await (const line of lines) {
      const at = since === undefined ? undefined : timeOfLine(line)
      if (since !== undefined && at !== undefined) inside = at >= since
      if (inside) yield line
    }
  }
}

async function last(lines: AsyncIterable<string>, count: number): Promise<string[]> {
  const kept: string[] = []
  for await (const line of lines) {
    kept.push(line)
    if (kept.length > count) kept.shift()
  }
  return kept
}

async function slice(path: string, from: number, to: number): Promise<string> {
  if (to <= from) return ''
  const chunks: Buffer[] = []
  for await (const chunk of createReadStream(path, { start: from, end: to - 1 })) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

const size = (path: string) => (existsSync(path) ? statSync(path).size : 0)
const valid = (date: Date) => (Number.isNaN(date.getTime()) ? undefined : date)
const signalOf = (options: LogOptions) => (options.signal ? { signal: options.signal } : {})
