import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { getMe } from '../../../src/telegram/get-me.ts'
import { freePort } from '../../support/throwaway-servers.ts'

const TOKEN = '123456:PLANTED-token-of-thirty-characters-and-more'
const BOT = { id: 123_456, is_bot: true, first_name: 'Anna', username: 'anna_bot' }

const servers: ReturnType<typeof createServer>[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})
async function serve(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return { server, root: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}
const failure = (call: Promise<unknown>) =>
  call.then(
    () => {
      throw new Error('it did not fail')
    },
    (error: Error & { code: string; exitCode: number; hint: string }) => error,
  )
const everythingOf = (error: Error) =>
  JSON.stringify([error, error.message, error.stack, String(error.cause)])

test('a Bot API server under the name by which containers call this host is reached from it, too', async () => {
  const { root } = await serve((_request, response) =>
    response.end(JSON.stringify({ ok: true, result: BOT })),
  )
  const apiRoot = root.replace('127.0.0.1', 'host.docker.internal')
  expect(await getMe(TOKEN, { apiRoot })).toMatchObject({ username: 'anna_bot' })
})

test('a good token tells whose bot it is, through another address with a trailing slash too', async () => {
  const asked: string[] = []
  const { root } = await serve((request, response) => {
    asked.push(request.url ?? '')
    response.end(JSON.stringify({ ok: true, result: BOT }))
  })
  expect(await getMe(TOKEN, { apiRoot: `${root}/` })).toMatchObject({ id: 123_456, username: 'anna_bot' })
  expect(asked).toEqual([`/bot${TOKEN}/getMe`])
})

test.each([401, 404])('a token that Telegram answers with %s is refused with exit 2', async (status) => {
  const { root } = await serve((_request, response) => {
    response
      .writeHead(status)
      .end(JSON.stringify({ ok: false, error_code: status, description: 'Unauthorized' }))
  })
  const error = await failure(getMe(TOKEN, { apiRoot: root }))
  expect(error).toMatchObject({ code: 'token-refused', exitCode: 2 })
  expect(everythingOf(error)).not.toContain('PLANTED')
})

test.each<[string, RequestListener]>([
  ['a broken gateway', (_request, response) => response.writeHead(502).end('<html>')],
  ['a foreign page', (_request, response) => response.end('hello')],
  ['a cut connection', (request) => request.destroy()],
  [
    'half an answer',
    (_request, response) =>
      response.writeHead(200, { 'content-length': 100 }).write('{', () => response.destroy()),
  ],
])('%s is named as unreachable, with the settings that lead around it', async (_title, answer) => {
  const { root } = await serve(answer)
  const error = await failure(getMe(TOKEN, { apiRoot: root }))
  expect(error).toMatchObject({ code: 'telegram-unreachable', exitCode: 13 })
  for (const name of ['TELEGRAM_API_ROOT', 'TELEGRAM_PROXY', 'telegram.apiRoot'])
    expect(error.hint).toContain(name)
  expect(everythingOf(error)).not.toContain('PLANTED')
})

test('nobody listening, and a proxy that is down, are unreachable', async () => {
  const nobody = `http://127.0.0.1:${await freePort()}`
  const ways = [{ apiRoot: nobody }, { proxy: nobody.replace('http:', 'socks5:') }, { proxy: nobody }]
  for (const way of ways)
    expect(await failure(getMe(TOKEN, way))).toMatchObject({ code: 'telegram-unreachable' })
})

test.each(['127.0.0.1', 'host.docker.internal'])('an HTTP proxy at %s is used', async (host) => {
  const { root } = await serve((_request, response) =>
    response.end(JSON.stringify({ ok: true, result: BOT })),
  )
  const proxy = await serve(() => undefined)
  const tunnels: string[] = []
  proxy.server.on('connect', (request, socket) => {
    tunnels.push(request.url ?? '')
    const { hostname, port } = new URL(root)
    const target = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      target.pipe(socket).pipe(target)
    })
  })
  const address = proxy.root.replace('127.0.0.1', host)
  expect(await getMe(TOKEN, { apiRoot: root, proxy: address })).toMatchObject({ username: 'anna_bot' })
  expect(tunnels).toEqual([new URL(root).host])
})
