import { ConfigError } from '../config.ts'
import { BOT_EXIT } from '../contract/env.ts'
import { reasonOf } from '../log.ts'
import { TokenError } from './poller.ts'
import { SchemaError } from './schema-check.ts'

/** Why a bot cannot go on. */
export interface Ending {
  exitCode: number
  /** The fatal line of the log. */
  fields: Record<string, unknown>
  /** Nobody did anything wrong but us. */
  fault: boolean
}

/** What an error that ends a bot means to the operator. */
export function endingOf(error: unknown, clientId: string | undefined): Ending {
  if (error instanceof ConfigError)
    return {
      exitCode: BOT_EXIT.configuration,
      fields: { event: 'configuration_invalid', problems: error.problems },
      fault: false,
    }
  if (error instanceof SchemaError)
    return {
      exitCode: BOT_EXIT.schema,
      fields: { event: 'schema_unusable', msg: error.message },
      fault: false,
    }
  if (error instanceof TokenError)
    return {
      exitCode: BOT_EXIT.token,
      fields: {
        event: 'token_refused',
        msg: `Telegram refuses this token. Run: bookctl client set ${clientId ?? 'ID'} --token-file FILE`,
      },
      fault: false,
    }
  return {
    exitCode: BOT_EXIT.failed,
    fields: {
      event: 'bot_failed',
      reason: reasonOf(error),
      stack: error instanceof Error ? error.stack : undefined,
    },
    fault: true,
  }
}
