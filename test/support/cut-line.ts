import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A line to a server that can be cut and mended: an outage of the server, as a bot sees it. */
export interface Line {
  port: number
  /** Ends all connections and refuses new ones. */
  cut(): void
  /**
   * Cuts the line right behind the next request that holds these words, on a connection over which `after` has come
   * before: the server gets it, its answer is lost.
   */
  cutBehind(words: string, after: string): void
  mend(): void
  /** From now on nothing passes, and nothing is closed: a server that has frozen. */
  hush(): void
  close(): Promise<void>
}

export async function lineTo(url: string): Promise<Line> {
  const { hostname, port } = new URL(url)
  const sockets = new Set<Socket>()
  let silent = false
  let whole = true
  let last: { words: string; after: string } | undefined
  const server = createServer((near) => {
    if (!whole) {
      near.destroy()
      return
    }
    if (silent) {
      sockets.add(near)
      near.on('error', () => undefined)
      return
    }
    const far = connect(Number(port), hostname)
    let begun = false
    near.on('data', (request: Buffer) => {
      if (last === undefined) return
      begun ||= request.includes(last.after)
      if (!begun || !request.includes(last.words)) return
      last = undefined
      whole = false
      near.unpipe(far)
      far.end(request)
      // The other connections go too: over one of them the bot would have its database back at once.
      for (const socket of sockets) if (socket !== far) socket.destroy()
    })
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.pipe(to)
      // The other half ends with it; an error says no more than that.
      from.on('error', () => to.destroy())
      from.on('close', () => {
        sockets.delete(from)
        if (!to.writableEnded) to.destroy()
      })
    }
  })
  const cut = () => {
    whole = false
    for (const socket of sockets) socket.destroy()
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    cutBehind: (words, after) => {
      last = { words, after }
    },
    mend: () => {
      whole = true
    },
    hush: () => {
      silent = true
      for (const socket of sockets) socket.unpipe().pause()
    },
    async close() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
