import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { EnvFile } from '../../env/env-file.ts'
import { BookctlError } from '../../errors.ts'
import { programEnvironment } from '../../exec/exec.ts'
import type { Fleet } from '../../fleet/fleet.ts'
import type { ClientDeclaration } from '../../fleet/schema.ts'
import { botEnvironment } from '../bot-environment.ts'
import type { Endpoint } from '../engine.ts'
import { botConfigHash } from './config-hash.ts'
import type { Program } from './service.ts'

/** How a client's bot is started. Its secrets go by its environment, never by argv. */
export function botProgram(
  fleet: Fleet,
  declaration: ClientDeclaration,
  secrets: EnvFile,
  at: { postgres: Endpoint; redis: Endpoint },
): Program & { configHash: string } {
  const bundle = findBotBundle()
  const words = ['client']
  const environment = botEnvironment(fleet, declaration, secrets, at)
  return {
    argv: [process.execPath, bundle, ...words],
    env: { ...programEnvironment(), ...environment },
    cwd: fleet.paths.local,
    configHash: botConfigHash(bundle, words, environment),
  }
}

/** `dist/bot/bot.mjs`, seen from `dist/src/engines/local` as well as from the sources. */
function findBotBundle(): string {
  const named = process.env['BOOKCTL_BOT_PROGRAM']
  if (named) return named
  const found = ['../../../bot/bot.mjs', '../../../dist/bot/bot.mjs']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path))
  if (found) return found
  throw new BookctlError('bot-not-built', 'preflight', 'The bot program dist/bot/bot.mjs is missing', {
    hint: 'npm run build',
  })
}
