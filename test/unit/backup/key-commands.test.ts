import { expect, test } from 'vitest'
import { keyCommand, readKeyCommands } from '../../../src/backup/key-commands.ts'
import type { DumpedKey } from '../../../src/redis/admin.ts'

const KEYS = [
  {
    key: Buffer.from('client_anna:user:1:state'),
    payload: Buffer.from([0, 1, 13, 10, 255]),
    expiresAt: 1_900_000_000_000,
  },
  {
    key: Buffer.from([99, 58, 0, 200, 13, 10]),
    payload: Buffer.alloc(100_000, '*3\r\n$1\r\n'),
    expiresAt: 0,
  },
  { key: Buffer.from('client_anna:'), payload: Buffer.from('x'), expiresAt: 1 },
]
const TEXT = Buffer.concat(KEYS.map(keyCommand))

async function* inParts(text: Buffer, size: number) {
  for (let at = 0; at < text.length; at += size) yield text.subarray(at, at + size)
}
const read = async (text: Buffer, size = 64) => {
  const keys: DumpedKey[] = []
  for await (const one of readKeyCommands(inParts(text, size))) keys.push(one)
  return keys
}

test.each([1, 7, 4096, 1_000_000])(
  'keys of any bytes are read as they were written, in parts of %i bytes',
  async (size) => {
    expect(await read(TEXT, size)).toEqual(KEYS)
  },
)

test('no keys are no bytes', async () => {
  expect(await read(Buffer.alloc(0))).toEqual([])
})

test.each([
  ['cut short', TEXT.subarray(0, -3), /in the middle/],
  ['that is none of ours', Buffer.from('*1\r\n$8\r\nFLUSHALL\r\n'), /as bookctl writes/],
  ['of text', Buffer.from('hello\n'), /as bookctl writes/],
  [
    'with another command behind',
    Buffer.concat([TEXT, Buffer.from('*1\r\n$4\r\nPING\r\n')]),
    /as bookctl writes/,
  ],
])('a file %s is refused', async (_, text, why) => {
  await expect(read(text, 1000)).rejects.toThrow(why)
})
