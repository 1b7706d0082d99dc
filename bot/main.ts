import { type BotConfig, readConfig } from './config.ts'
import { BOT_EXIT } from './contract/env.ts'
import { createLog } from './log.ts'
import { endingOf } from './runtime/ending.ts'
import { type Runtime, runClients } from './runtime/run-clients.ts'
import { RUNTIME_VERSION } from './version.ts'

/** Engines kill after ten seconds. */
const STOP_MS = 9_000

/** `node bot.mjs client`: one client's bot, from its environment. Exit codes: BOT_EXIT. */
async function main(role: string | undefined): Promise<number> {
  const log = createLog(process.env['LOG_LEVEL']?.toLowerCase() || 'info')
  const clientId = process.env['CLIENT_ID']
  let runtime: Runtime | undefined
  let falling = false
  const fault = (error: unknown) => {
    log.fatal(endingOf(error, clientId).fields)
    if (falling || !runtime) process.exit(BOT_EXIT.failed)
    falling = true
    void runtime.reportFault(error).finally(() => process.exit(BOT_EXIT.failed))
  }
  // Node would print them as they are, with whatever address or token stands in them.
  process.on('uncaughtException', fault)
  process.on('unhandledRejection', fault)
  if (role !== 'client') {
    log.fatal({ event: 'role_unknown', role: role ?? null, known: ['client'] })
    return BOT_EXIT.configuration
  }
  let config: BotConfig
  try {
    config = readConfig(process.env)
    if (config.obsolete.length > 0) log.warn({ event: 'obsolete_variables', names: config.obsolete })
    runtime = await runClients([config], { log, version: RUNTIME_VERSION, http: config.http })
  } catch (error) {
    const { exitCode, fields } = endingOf(error, clientId)
    log.fatal({ client: clientId ?? null, ...fields })
    return exitCode
  }
  log.info({ event: 'health_listening', client: config.clientId, port: runtime.healthPort })
  stopOnSignals(runtime, (fields) => log.info({ client: config.clientId, ...fields }))
  try {
    await runtime.finished
  } catch (error) {
    // Its client has said why.
    return endingOf(error, clientId).exitCode
  } finally {
    await runtime.stop()
  }
  log.info({ event: 'bot_stopped', client: config.clientId })
  return BOT_EXIT.stopped
}

function stopOnSignals(runtime: Runtime, say: (fields: Record<string, unknown>) => void): void {
  const stop = (signal: NodeJS.Signals) => {
    say({ event: 'bot_stopping', signal })
    void runtime.stop()
    setTimeout(() => {
      // An update that still runs is not confirmed and not committed: the next start works it.
      say({ event: 'stop_cut_short' })
      process.exit(BOT_EXIT.stopped)
    }, STOP_MS).unref()
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

process.exitCode = await main(process.argv[2])
// Timers of libraries must not keep a bot alive that has stopped.
process.exit()
