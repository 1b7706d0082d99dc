// Bots of many clients in one process, for a benchmark that is their Telegram: it sends their environments, hears `ready`,
// and ends them by hanging up.
import { readConfig } from '../bot/config.ts'
import { createLog } from '../bot/log.ts'
import { runClients } from '../bot/runtime/run-clients.ts'
import { eventually } from '../test/support/throwaway-servers.ts'

process.once('message', (environments: Record<string, string>[]) => void host(environments))

async function host(environments: readonly Record<string, string>[]): Promise<void> {
  const runtime = await runClients(environments.map(readConfig), {
    log: createLog('error'),
    version: 'bench',
    http: { host: '127.0.0.1', port: 0 },
  })
  process.once('disconnect', () => void runtime.stop().finally(() => process.exit()))
  await eventually(async () => {
    const waiting = runtime.clients.find((client) => !client.health().ready)
    if (waiting) throw new Error(`${waiting.clientId} is not ready`)
  }, 120)
  process.send?.('ready')
}
