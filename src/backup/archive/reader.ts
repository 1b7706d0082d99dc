import { damaged } from './unsplittable.ts'

/** An int of an archive: a byte for the sign, then four, the least significant first. */
export const INT_BYTES = 5
/** A position in an archive: a byte for its state, then eight, the least significant first. */
export const OFFSET_BYTES = 9

/** The archive goes on where the window ends: read again from the same place with a larger one. */
export class BeyondWindow extends Error {
  override readonly name = 'BeyondWindow'
}

/**
 * Reads the primitives of an archive from a window of it that is in memory. Every length is checked against what is
 * left of the whole archive before it is believed; nothing is allocated by it.
 */
export class Reader {
  /** Where the next byte lies in the archive. */
  position: number
  readonly #window: Buffer
  readonly #start: number
  readonly #size: number

  constructor(window: Buffer, start: number, size: number) {
    this.position = start
    this.#window = window
    this.#start = start
    this.#size = size
  }

  /** Whether so many bytes from here on are in the window, or the archive ends before them. */
  holds(length: number): boolean {
    return Math.min(this.position + length, this.#size) <= this.#start + this.#window.length
  }

  byte(): number {
    return this.#window.readUInt8(this.#take(1))
  }

  int(): number {
    const at = this.#take(INT_BYTES)
    const sign = this.#window.readUInt8(at)
    const value = this.#window.readUInt32LE(at + 1)
    if (sign > 1 || value > 0x7fff_ffff || (sign === 1 && value === 0))
      throw damaged(`there is no number at byte ${this.position - INT_BYTES}`)
    return sign === 1 ? -value : value
  }

  /** A string of at most so many bytes; null is something else than an empty one. */
  text(longest: number): string | null {
    const length = this.#length()
    if (length === undefined) return null
    if (length > longest) throw damaged(`there is no name at byte ${this.position}`)
    const at = this.#take(length)
    return this.#window.toString('utf8', at, at + length)
  }

  skipText(): void {
    this.skip(this.#length() ?? 0)
  }

  /** State and position of an entry's data. */
  offset(): { state: number; position: number } {
    const at = this.#take(OFFSET_BYTES)
    return {
      state: this.#window.readUInt8(at),
      position: Number(this.#window.readBigUInt64LE(at + 1)),
    }
  }

  /** May lead out of the window: it is the next read that needs another. */
  skip(length: number): void {
    if (length > this.#size - this.position)
      throw damaged(
        `${length} bytes should follow byte ${this.position}, and ${this.#size - this.position} do`,
      )
    this.position += length
  }

  #length(): number | undefined {
    const length = this.int()
    if (length < -1) throw damaged(`there is no string at byte ${this.position - INT_BYTES}`)
    return length === -1 ? undefined : length
  }

  /** Index in the window of the next so many bytes. */
  #take(length: number): number {
    const at = this.position - this.#start
    this.skip(length)
    if (at + length <= this.#window.length) return at
    throw new BeyondWindow()
  }
}
