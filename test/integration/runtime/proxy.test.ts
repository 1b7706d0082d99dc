import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { lastBotMessage } from '../../../sandbox/client.ts'
import { type RunningBot, startBot } from '../../support/bot.ts'

/** Ways through, as `host:port`, that a proxy was asked for. */
interface Proxy {
  port: number
  asked: string[]
  server: Server
}

let proxy: Proxy
let running: RunningBot

afterEach(async () => {
  await running.stop()
  proxy.server.close()
  await once(proxy.server, 'close')
})

async function listen(server: Server, asked: string[]): Promise<Proxy> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, asked, server }
}

/** A pipe into an end that is gone stops reading, and would never hear that the other end has gone too. */
function bindEnds(near: Socket, far: Socket): void {
  far.on('error', () => near.destroy())
  far.on('close', () => near.destroy())
  near.on('close', () => far.destroy())
}

/** The least of an HTTP proxy: CONNECT. */
function httpProxy(): Promise<Proxy> {
  const asked: string[] = []
  const server = createServer((near) => {
    near.on('error', () => near.destroy())
    near.once('data', (request: Buffer) => {
      const [, host, port] = /^CONNECT ([^:]+):(\d+) /.exec(request.toString()) ?? []
      if (!host || !port) {
        near.destroy()
        return
      }
      asked.push(`${host}:${port}`)
      const far = connect(Number(port), host, () => {
        near.write('HTTP/1.1 200 Connection established\r\n\r\n')
        near.pipe(far).pipe(near)
      })
      bindEnds(near, far)
    })
  })
  return listen(server, asked)
}

/** The least of a SOCKS5 proxy: no password, an IPv4 address or a name, CONNECT. */
function socksProxy(): Promise<Proxy> {
  const asked: string[] = []
  const server = createServer((near) => {
    near.on('error', () => near.destroy())
    near.once('data', () => {
      near.write(Buffer.from([5, 0]))
      near.once('data', (request: Buffer) => {
        const named = request[3] === 3
        const end = named ? 5 + (request[4] ?? 0) : 8
        const host = named ? request.subarray(5, end).toString() : [...request.subarray(4, 8)].join('.')
        const port = request.readUInt16BE(end)
        asked.push(`${host}:${port}`)
        const far = connect(port, host, () => {
          near.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
          near.pipe(far).pipe(near)
        })
        bindEnds(near, far)
      })
    })
  })
  return listen(server, asked)
}

test.each([
  ['an HTTP proxy', httpProxy, 'http'],
  ['a SOCKS5 proxy', socksProxy, 'socks5'],
])('a bot reaches Telegram through %s and no other way', async (_, start, protocol) => {
  proxy = await start()
  running = await startBot({ env: { TELEGRAM_PROXY: `${protocol}://127.0.0.1:${proxy.port}` } })
  const user = await running.sandboxClient.createUser({ language_code: 'ru' })
  const anna = running.sandboxClient.person(running.botId, user)
  await anna.write('/start')
  await anna.waitFor((view) => /Здравствуйте/.test(lastBotMessage(view)?.text ?? ''), 'a greeting')
  expect(proxy.asked.length).toBeGreaterThanOrEqual(1)
  expect(new Set(proxy.asked)).toEqual(new Set([`127.0.0.1:${running.sandbox.port}`]))
})
