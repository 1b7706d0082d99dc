import { open } from 'node:fs/promises'

/** Bytes at a place, however many there are in all. */
export interface Source {
  readonly size: number
  /** Exactly so many bytes from this position on. */
  read(position: number, length: number): Promise<Buffer>
}

/** Gives `work` a file to read from, a window at a time. */
export async function withSource<T>(path: string, work: (source: Source) => Promise<T>): Promise<T> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    return await work({
      size,
      async read(position, length) {
        const bytes = Buffer.allocUnsafe(length)
        let filled = 0
        while (filled < length) {
          const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled)
          if (bytesRead === 0) throw new Error(`${path} became shorter while it was read`)
          filled += bytesRead
        }
        return bytes
      },
    })
  } finally {
    await file.close()
  }
}
