import { expect, test } from 'vitest'
import { BookctlError } from '../../../src/errors.ts'
import { eachClient } from '../../../src/operations/each-client.ts'

const twoAtOnce = { limit: 2, signal: new AbortController().signal }
const ids = ['client_a', 'client_b', 'client_c', 'client_d', 'client_e']

test('several clients are worked on a few at a time', async () => {
  let now = 0
  let most = 0
  const results = await eachClient(ids, twoAtOnce, async (id) => {
    most = Math.max(most, ++now)
    await new Promise((resolve) => setImmediate(resolve))
    now -= 1
    return `done ${id}`
  })
  expect(most).toBe(2)
  expect(new Set(results)).toEqual(new Set(ids.map((id) => `done ${id}`)))
})

test('a client that fails does not keep the others from their turn, and is named with exit code 3', async () => {
  const told: string[] = []
  const refusal = new BookctlError('no', 'conflict', 'no', { hint: 'ask again' })
  const work = (id: string) => (id === 'client_b' ? Promise.reject(refusal) : Promise.resolve({ id }))
  const all = eachClient(ids, twoAtOnce, work, (one) => told.push(`${one.id} ${one.ok}`))
  await expect(all).rejects.toMatchObject({
    exitCode: 3,
    message: '1 of 5 failed: client_b',
    hint: 'Run it again for these: client_b',
    details: {
      results: expect.arrayContaining([
        { id: 'client_a', ok: true, result: { id: 'client_a' } },
        { id: 'client_b', ok: false, error: 'no', hint: 'ask again' },
      ]) as unknown,
    },
  })
  expect(told).toHaveLength(5)
  expect(told).toContain('client_b false')
})

test('after Ctrl-C no further client is begun, and those that are left are named with exit code 130', async () => {
  const ctrlC = new AbortController()
  const begun: string[] = []
  const all = eachClient(ids, { limit: 1, signal: ctrlC.signal }, async (id) => {
    begun.push(id)
    if (id === 'client_b') ctrlC.abort()
    return 'yes'
  })
  await expect(all).rejects.toMatchObject({
    exitCode: 130,
    message: 'Stopped, as you asked; 3 of 5 are left',
    hint: 'Run it again for these: client_c client_d client_e',
  })
  expect(begun).toEqual(['client_a', 'client_b'])
})

test('a single client fails with its own error', async () => {
  const failure = new Error('its own')
  await expect(eachClient(['client_a'], twoAtOnce, () => Promise.reject(failure))).rejects.toBe(failure)
})
