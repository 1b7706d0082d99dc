import { startSandbox } from '../../sandbox/server.ts'
import { freePort } from './throwaway-servers.ts'

/** The engine of the fleets that tests make: `local`, or what BOOKCTL_TEST_ENGINE names. */
export const TEST_ENGINE = process.env['BOOKCTL_TEST_ENGINE'] === 'compose' ? 'compose' : 'local'

/** What stands in for Telegram, where the bots of the engine reach it. */
export interface TestTelegram {
  /** As the test reaches it. */
  url: string
  initFlags: string[]
  /** What is to be run once the fleet is up, before its first client. */
  afterUp: string[]
  close(): Promise<void>
}

/** In this process for bots of this host; as a container on the fleet's network for bots in containers. */
export async function testTelegram(): Promise<TestTelegram> {
  if (TEST_ENGINE === 'local') {
    const sandbox = await startSandbox({ port: 0 })
    return {
      url: sandbox.url,
      initFlags: ['--telegram-api-root', sandbox.url],
      afterUp: [],
      close: () => sandbox.close(),
    }
  }
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    initFlags: ['--telegram-api-root', 'http://sandbox:8081', '--telegram-host-api-root', url],
    afterUp: ['sandbox', '--container', '--port', String(port)],
    // Its container goes with the fleet's.
    close: () => Promise.resolve(),
  }
}
