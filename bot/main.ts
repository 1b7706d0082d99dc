import { ConfigError, readConfig } from './config.ts'
import { BOT_EXIT } from './contract/env.ts'
import { createLog, reasonOf } from './log.ts'
import { TokenError } from './runtime/poller.ts'
import { runClients } from './runtime/run-clients.ts'
import { SchemaError } from './runtime/schema-check.ts'
import { RUNTIME_VERSION } from './version.ts'

/** Engines kill after ten seconds. */
const STOP_MS = 9_000

/** `node bot.mjs client`: one client's bot, from its environment. Exit codes: BOT_EXIT. */
async function main(role: string | undefined): Promise<number> {
  const log = createLog(process.env['LOG_LEVEL']?.toLowerCase() || 'info')
  const fault = (error: unknown) => {
    explain(error, (fields) => log.fatal(fields))
    process.exit(BOT_EXIT.failed)
  }
  // Node would print them as they are, with whatever address or token stands in them.
  process.on('uncaughtException', fault)
  process.on('unhandledRejection', fault)
  if (role !== 'client') {
    log.fatal({ event: 'role_unknown', role: role ?? null, known: ['client'] })
    return BOT_EXIT.configuration
  }
  try {
    const config = readConfig(process.env)
    if (config.obsolete.length > 0) log.warn({ event: 'obsolete_variables', names: config.obsolete })
    const runtime = await runClients([config], { log, version: RUNTIME_VERSION, http: config.http })
    log.info({ event: 'health_listening', client: config.clientId, port: runtime.healthPort })
    const stop = (signal: NodeJS.Signals) => {
      log.info({ event: 'bot_stopping', client: config.clientId, signal })
      void runtime.stop()
      setTimeout(() => {
        // An update that still runs is not confirmed and not committed: the next start works it.
        log.warn({ event: 'stop_cut_short', client: config.clientId })
        process.exit(BOT_EXIT.stopped)
      }, STOP_MS).unref()
    }
    process.once('SIGTERM', stop)
    process.once('SIGINT', stop)
    try {
      await runtime.finished
    } finally {
      await runtime.stop()
    }
    log.info({ event: 'bot_stopped', client: config.clientId })
    return BOT_EXIT.stopped
  } catch (error) {
    return explain(error, (fields) => log.fatal({ client: process.env['CLIENT_ID'] ?? null, ...fields }))
  }
}

function explain(error: unknown, say: (fields: Record<string, unknown>) => void): number {
  if (error instanceof ConfigError) {
    say({ event: 'configuration_invalid', problems: error.problems })
    return BOT_EXIT.configuration
  }
  if (error instanceof SchemaError) {
    say({ event: 'schema_unusable', msg: error.message })
    return BOT_EXIT.schema
  }
  if (error instanceof TokenError) {
    const clientId = process.env['CLIENT_ID'] ?? 'ID'
    say({
      event: 'token_refused',
      msg: `Telegram refuses this token. Run: bookctl client set ${clientId} --token-file FILE`,
    })
    return BOT_EXIT.token
  }
  say({
    event: 'bot_failed',
    reason: reasonOf(error),
    stack: error instanceof Error ? error.stack : undefined,
  })
  return BOT_EXIT.failed
}

process.exitCode = await main(process.argv[2])
// Timers of libraries must not keep a bot alive that has stopped.
process.exit()
