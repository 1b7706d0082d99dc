import { expect, test } from 'vitest'
import { BookctlError } from '../../../src/errors.ts'
import { eachClient } from '../../../src/operations/each-client.ts'

const ids = ['client_a', 'client_b', 'client_c', 'client_d', 'client_e']

test('several clients are worked on a few at a time', async () => {
  let now = 0
  let most = 0
  const results = await eachClient(
    ids,
    2,
    async (id) => {
      most = Math.max(most, ++now)
      await new Promise((resolve) => setImmediate(resolve))
      now -= 1
      return `done ${id}`
    },
    () => undefined,
  )
  expect(most).toBe(2)
  expect(new Set(results.map((one) => one.result))).toEqual(new Set(ids.map((id) => `done ${id}`)))
})

test('a client that fails does not keep the others from their turn, and is named with exit code 3', async () => {
  const told: string[] = []
  const work = (id: string) => (id === 'client_b' ? Promise.reject(new Error('no')) : Promise.resolve('yes'))
  await expect(eachClient(ids, 2, work, (one) => told.push(`${one.id} ${one.ok}`))).rejects.toMatchObject({
    exitCode: 3,
    message: '1 of 5 failed: client_b',
  })
  expect(told).toHaveLength(5)
  expect(told).toContain('client_b false')
})

test('a single client fails with its own error', async () => {
  const failure = new Error('its own')
  await expect(
    eachClient(
      ['client_a'],
      2,
      () => Promise.reject(failure),
      () => undefined,
    ),
  ).rejects.toBe(failure)
})

test('an interruption keeps those from their turn that have not begun, and is what it ends with', async () => {
  const interrupted = new BookctlError('interrupted', 'interrupted', 'Stopped between two steps')
  const begun: string[] = []
  const work = (id: string) => {
    begun.push(id)
    return id === 'client_b' ? Promise.reject(interrupted) : Promise.resolve('yes')
  }
  await expect(eachClient(ids, 1, work, () => undefined)).rejects.toBe(interrupted)
  expect(begun).toEqual(['client_a', 'client_b'])
})
