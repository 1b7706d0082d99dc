import { HttpError } from 'grammy'
import { expect, test } from 'vitest'
import { createLog, reasonOf } from '../../../bot/log.ts'
import { inOrder } from '../../../bot/runtime/in-order.ts'
import { createPace } from '../../../bot/runtime/send-pace.ts'
import { isOutage } from '../../../bot/storage/database.ts'

const secret = 'AAF9x_-'.repeat(5)
const token = `123456789:${secret}`

test('a token never reaches the log: not as a field, not within an address, not within a stack', () => {
  const lines: string[] = []
  const log = createLog('info', (line) => void lines.push(line))
  const error = new Error(`request to https://api.telegram.org/bot${token}/getMe failed`)
  log.info({ event: 'x', token, nested: { url: `http://h/bot${token}/sendMessage` } })
  log.error({ event: 'y', reason: reasonOf(error), stack: error.stack })
  log.error(error)
  expect(lines).toHaveLength(3)
  for (const line of lines) expect(line).not.toContain(secret)
  expect(lines[0]).toContain('123456789:[redacted]')
})

test('a failed call tells what broke it, without the token', () => {
  const inner = new Error(`request to http://h/bot${token}/getMe failed, reason: connect ECONNREFUSED`)
  expect(reasonOf(new HttpError("Network request for 'getMe' failed!", inner))).toBe(
    "Network request for 'getMe' failed! request to http://h/bot123456789:[redacted]/getMe failed, reason: connect ECONNREFUSED",
  )
})

test('updates of one chat are worked one after the other, those of several side by side, but not more than allowed', async () => {
  const done: string[] = []
  let atOnce = 0
  let most = 0
  const items = ['a1', 'b1', 'a2', 'c1', 'd1', 'a3', 'b2']
  await inOrder(
    items,
    (item) => item.charCodeAt(0),
    2,
    async (item) => {
      atOnce += 1
      most = Math.max(most, atOnce)
      await new Promise((resolve) => setImmediate(resolve))
      done.push(item)
      atOnce -= 1
    },
  )
  expect(most).toBe(2)
  expect(done.toSorted()).toEqual(items.toSorted())
  expect(done.filter((item) => item.startsWith('a'))).toEqual(['a1', 'a2', 'a3'])
})

test('a bot does not send faster than Telegram allows: 25 at once, 5 of them to one chat', async () => {
  let now = 0
  const stop = new AbortController()
  const pace = createPace(() => now)
  let went = 0
  const send = async (chat: number) => {
    await pace.waitForTurn(chat, stop.signal)
    if (!stop.signal.aborted) went += 1
  }
  const settle = () => new Promise((resolve) => setTimeout(resolve, 300))
  const toOne = Promise.all(Array.from({ length: 8 }, () => send(1)))
  await settle()
  expect(went).toBe(5)
  now = 1_000
  await settle()
  expect(went).toBe(6)
  const toMany = Promise.all(Array.from({ length: 30 }, (_, n) => send(100 + n)))
  await settle()
  expect(went).toBe(6 + 24)
  stop.abort()
  await Promise.all([toOne, toMany])
})

test.each<[string, unknown, boolean]>([
  ['a refused connection', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), true],
  ['a server that shuts down', Object.assign(new Error('x'), { code: '57P01' }), true],
  ['too many connections', Object.assign(new Error('x'), { code: '53300' }), true],
  ['a line that broke', new Error('Connection terminated unexpectedly'), true],
  ['a pool without a free connection', new Error('timeout exceeded when trying to connect'), true],
  ['a statement that took too long', Object.assign(new Error('canceled'), { code: '57014' }), false],
  ['a constraint', Object.assign(new Error('x'), { code: '23P01' }), false],
  ['a fault of ours that speaks of a timeout', new Error('the timeout of the hold ended'), false],
  ['no error at all', undefined, false],
])('%s: is it an outage?', (_, error, expected) => {
  expect(isOutage(error)).toBe(expected)
})
