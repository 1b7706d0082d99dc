import { ENV_SETTINGS } from '../../bot/contract/env-settings.ts'
import { type ClientSettings, clientSettingsSchema } from '../../bot/contract/settings.ts'
import { plainValues, settingsEnvironment } from '../engines/bot-environment.ts'
import type { EnvFile } from '../env/env-file.ts'
import type { ClientDeclaration } from '../fleet/schema.ts'

/**
 * What counts for a client while its table says nothing, where that is not the product's default: what its bot is
 * given by its environment. A value that the bot would refuse is left out.
 */
export function settingDefaults(declaration: ClientDeclaration, env: EnvFile): Partial<ClientSettings> {
  const given = settingsEnvironment(declaration, plainValues(env))
  return Object.fromEntries(
    ENV_SETTINGS.flatMap(({ name, setting, valueOf }) => {
      const text = given[name]
      if (text === undefined || text === '') return []
      const { success, data } = clientSettingsSchema.shape[setting].safeParse(valueOf(Number(text)))
      return success ? [[setting, data]] : []
    }),
  )
}
