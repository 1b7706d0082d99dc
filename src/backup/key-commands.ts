import type { DumpedKey } from '../redis/admin.ts'

/**
 * Keys as the commands that bring them back, in Redis' own protocol: what `redis-cli --pipe` takes from a file. The
 * time at which a key ends is absolute, so one whose time is over is not made.
 */
export function keyCommand({ key, payload, expiresAt }: DumpedKey): Buffer {
  const words = ['RESTORE', key, String(expiresAt), payload, 'REPLACE', 'ABSTTL'].map((one) =>
    Buffer.from(one),
  )
  const parts = words.flatMap((word) => [Buffer.from(`$${word.length}\r\n`), word, END])
  return Buffer.concat([Buffer.from(`*${words.length}\r\n`), ...parts])
}

/** Reads such commands again, as they come. @throws Error for text that `keyCommand` has not written, or a part of it. */
export async function* readKeyCommands(parts: AsyncIterable<Buffer>): AsyncGenerator<DumpedKey> {
  const reader = new Reader(parts)
  while (await reader.has(1)) {
    const words: Buffer[] = []
    for (let left = await reader.number('*'); left > 0; left--) {
      words.push(await reader.take(await reader.number('$')))
      if (!(await reader.take(END.length)).equals(END)) throw unknown()
    }
    const [command, key, expiresAt, payload, ...flags] = words
    const known = `${command?.toString()} ${flags.join(' ')}` === 'RESTORE REPLACE ABSTTL'
    if (!known || !key || !payload || !/^\d{1,15}$/.test(String(expiresAt))) throw unknown()
    yield { key, payload, expiresAt: Number(String(expiresAt)) }
  }
}

const END = Buffer.from('\r\n')
/** `*6\r\n` or `$1048576\r\n`: no number in it is longer. */
const LONGEST_LINE = 14

const unknown = () => new Error('it does not hold keys as bookctl writes them')

class Reader {
  readonly #parts: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)

  constructor(parts: AsyncIterable<Buffer>) {
    this.#parts = parts[Symbol.asyncIterator]()
  }

  async has(bytes: number): Promise<boolean> {
    const parts = [this.#rest]
    let length = this.#rest.length
    while (length < bytes) {
      const next = await this.#parts.next()
      if (next.done) break
      parts.push(next.value)
      length += next.value.length
    }
    if (parts.length > 1) this.#rest = Buffer.concat(parts)
    return length >= bytes
  }

  async take(bytes: number): Promise<Buffer> {
    if (!(await this.has(bytes))) throw new Error('it ends in the middle of a key')
    const taken = this.#rest.subarray(0, bytes)
    this.#rest = this.#rest.subarray(bytes)
    return taken
  }

  /** The number of a line that begins with this letter. */
  async number(letter: '*' | '$'): Promise<number> {
    await this.has(LONGEST_LINE)
    const line = /^(.)(\d{1,10})\r\n/.exec(this.#rest.toString('latin1', 0, LONGEST_LINE))
    if (line?.[1] !== letter) throw unknown()
    await this.take(line[0].length)
    return Number(line[2])
  }
}
