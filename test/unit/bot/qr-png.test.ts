import { decode } from 'fast-png'
import decodeQr from 'qr/decode.js'
import { expect, test } from 'vitest'
import { qrPng } from '../../../bot/telegram/qr-png.ts'
import { linkTarget, parseStart, startLink } from '../../../bot/telegram/start-link.ts'

/** What a camera would read from a PNG file of one bit a pixel. */
function readQr(png: Uint8Array): string {
  const { width, height, data, depth } = decode(png)
  expect(depth).toBe(1)
  const bytesInRow = Math.ceil(width / 8)
  const rgba = new Uint8Array(width * height * 4).fill(255)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const black = ((data[y * bytesInRow + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1
      if (black) rgba.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3)
    }
  return decodeQr({ width, height, data: rgba })
}

test.each([
  ['the bot', { kind: 'bot' } as const],
  ['a service', { kind: 'service', id: 12 } as const],
  ['a member of staff', { kind: 'staff', id: 999_999_999_999 } as const],
])('the QR code of %s is read as its link, and prints sharply', (_title, target) => {
  const link = startLink('a_bot_with_the_longest_name_bot', target)
  const png = qrPng(link)
  expect(readQr(png)).toBe(link)
  expect(decode(png).width).toBeGreaterThan(1000)
  expect(png.length).toBeLessThan(20_000)
})

test('a link leads to what it was made for, and nothing else is taken for one', () => {
  expect(startLink('salon_bot', { kind: 'bot' })).toBe('https://t.me/salon_bot')
  expect(startLink('salon_bot', { kind: 'service', id: 12 })).toBe('https://t.me/salon_bot?start=s_12')
  expect(startLink('salon_bot', { kind: 'staff', id: 3 })).toBe('https://t.me/salon_bot?start=m_3')
  expect(parseStart('s_12')).toEqual({ kind: 'service', id: 12 })
  expect(parseStart('m_3')).toEqual({ kind: 'staff', id: 3 })
  for (const payload of [
    '',
    's_',
    's_0',
    's_012',
    's_1x',
    'x_1',
    'S_1',
    's_-1',
    's_1.5',
    's_9999999999999999',
  ])
    expect({ payload, target: parseStart(payload) }).toEqual({ payload, target: undefined })
})

test('a link’s target comes back from its button', () => {
  for (const target of [
    { kind: 'bot' } as const,
    { kind: 'service', id: 7 } as const,
    { kind: 'staff', id: 40 } as const,
  ])
    expect(linkTarget.read(linkTarget.write(target))).toEqual(target)
  for (const text of ['', 'x1', 's', 'm', 'bb', 's!']) expect(linkTarget.read(text)).toBeUndefined()
})
