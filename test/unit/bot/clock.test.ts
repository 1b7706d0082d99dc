import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const BOT = new URL('../../../bot/', import.meta.url)
const FILES = readdirSync(BOT, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, source: readFileSync(new URL(file, BOT), 'utf8') }))

/** The files in which something of this form stands. */
function filesWith(form: RegExp): string[] {
  return FILES.filter(({ source }) => form.test(source))
    .map(({ file }) => file)
    .toSorted()
}

describe('a bot’s clock is a parameter:', () => {
  test('the time of day is read from the machine at one place, where clients are hosted', () => {
    expect(filesWith(/\bDate\.now\b|\bnew Date\(\)|\bTemporal\.Now\b/)).toEqual(['runtime/run-clients.ts'])
  })

  test('what a business keeps and decides never takes the time of day from the server', () => {
    const asking = filesWith(/(?<![.\w])(?:now|\w+_timestamp)\(\)|\bcurrent_(?:date|time|timestamp)\b/)
    // The queue of messages counts by the server's clock, for that is the one which all who send have in common.
    expect(asking.filter((file) => !file.startsWith('runtime/'))).toEqual(['storage/broadcasts.ts'])
  })

  test('only those wait who poll, send, stop or try again', () => {
    const waiting = filesWith(/\bset(?:Timeout|Interval|Immediate)\b/)
    expect(waiting.filter((file) => !file.startsWith('runtime/'))).toEqual(['main.ts', 'storage/database.ts'])
  })
})
