import { correction, generate } from 'lean-qr'
import { toPngBuffer } from 'lean-qr/extras/node_export'

/** A module has so many pixels: sharp on paper of a hand's width. */
const SCALE = 32

/** A QR code to print, as a PNG file in black and white with its quiet zone; a quarter of it may be worn off. */
export function qrPng(text: string): Uint8Array {
  const code = generate(text, { minCorrectionLevel: correction.Q })
  return toPngBuffer(code, { on: [0, 0, 0, 255], off: [255, 255, 255, 255], scale: SCALE })
}
