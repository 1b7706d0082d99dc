import type { EnvFile } from '../../env/env-file.ts'
import { programEnvironment } from '../../exec/exec.ts'
import type { Fleet } from '../../fleet/fleet.ts'
import type { ClientDeclaration } from '../../fleet/schema.ts'
import { findBotBundle } from '../bot-bundle.ts'
import { botEnvironment, plainValues } from '../bot-environment.ts'
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
  const words = ['client']
  const environment = botEnvironment(fleet, declaration, plainValues(secrets), at)
  return {
    argv: [process.execPath, findBotBundle(), ...words],
    env: { ...programEnvironment(), ...environment },
    cwd: fleet.paths.local,
    configHash: botConfigHash(words, environment),
  }
}
