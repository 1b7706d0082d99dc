import { expect, test } from 'vitest'
import { tellRead } from '../../../src/operations/tell-read.ts'

const MB = 1024 * 1024
const toldOf = (bytes: number, part: number) => {
  const told: string[] = []
  const onRead = tellRead((detail) => told.push(detail))
  for (let read = part; read <= bytes; read += part) onRead(read, bytes)
  return told
}

test('a large archive is told of at each tenth, the last time when all of it is loaded', () => {
  const told = toldOf(200 * MB, MB / 16)
  expect(told).toHaveLength(10)
  expect([told[0], told.at(-1)]).toEqual(['20 MB of 200 MB loaded', '200 MB of 200 MB loaded'])
})

test('parts that are larger than a tenth are told of once each, and a small archive not at all', () => {
  expect(toldOf(8 * MB, 4 * MB)).toEqual(['4.0 MB of 8.0 MB loaded', '8.0 MB of 8.0 MB loaded'])
  expect(toldOf(MB, MB / 4)).toEqual([])
})
