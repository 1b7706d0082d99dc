import type { ErrorEvent, Exception, StackFrame, TransactionEvent } from '@sentry/core'
import { withoutTokens } from '../log.ts'

/** Shorter ones would be found everywhere, and are nobody's password. */
const SECRET_MIN = 6
/** PostgreSQL quotes values, besides names of its own, in these messages (data exceptions). */
const QUOTES_VALUES = /^22/

/**
 * An error's message without secrets and without what may be a person's: quoted words that are no names of code,
 * addresses, telephone numbers, Telegram ids.
 */
export function scrubText(text: string, secrets: readonly string[], sqlState = ''): string {
  let rest = text
  for (const secret of secrets) if (secret.length >= SECRET_MIN) rest = rest.replaceAll(secret, '[redacted]')
  return withoutTokens(rest)
    .replace(/\/\/[^/\s@]+@/g, '//[redacted]@')
    .replace(/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+\.[\p{L}\p{N}.-]+/gu, '[address]')
    .replace(/"([^"]*)"/g, (quoted, inner: string) =>
      QUOTES_VALUES.test(sqlState) || !/^[a-z_][a-z0-9_.]*$/.test(inner) ? '"…"' : quoted,
    )
    .replace(/\+?\d[\d\s()-]{3,}\d/g, '[number]')
}

/** What may leave this machine of an error, chosen field by field: whatever else the library may add stays here. */
export function scrubEvent(event: ErrorEvent, secrets: readonly string[]): ErrorEvent {
  const sqlState = typeof event.tags?.['sqlstate'] === 'string' ? event.tags['sqlstate'] : ''
  return {
    ...frameOf(event),
    type: undefined,
    level: event.level ?? 'error',
    exception: {
      values: (event.exception?.values ?? []).map(
        ({ type, value, mechanism, stacktrace }): Exception => ({
          ...(type === undefined ? {} : { type }),
          value: scrubText(value ?? '', secrets, sqlState),
          ...(mechanism ? { mechanism: { type: mechanism.type, handled: mechanism.handled ?? true } } : {}),
          ...(stacktrace ? { stacktrace: { frames: (stacktrace.frames ?? []).map(scrubFrame) } } : {}),
        }),
      ),
    },
  }
}

/** The same of a measured update: how long which kind of update took. */
export function scrubTransaction(event: TransactionEvent): TransactionEvent {
  return {
    ...frameOf(event),
    type: 'transaction',
    ...(event.transaction === undefined ? {} : { transaction: event.transaction }),
    ...(event.start_timestamp === undefined ? {} : { start_timestamp: event.start_timestamp }),
    ...(event.transaction_info ? { transaction_info: event.transaction_info } : {}),
    spans: [],
  }
}

/** What both kinds have alike. `sdkProcessingMetadata` is not sent; the library makes the envelope's header of it. */
function frameOf(event: ErrorEvent | TransactionEvent) {
  const { trace, runtime } = event.contexts ?? {}
  return {
    ...(event.event_id === undefined ? {} : { event_id: event.event_id }),
    ...(event.timestamp === undefined ? {} : { timestamp: event.timestamp }),
    ...(event.platform === undefined ? {} : { platform: event.platform }),
    ...(event.environment === undefined ? {} : { environment: event.environment }),
    ...(event.release === undefined ? {} : { release: event.release }),
    ...(event.tags ? { tags: event.tags } : {}),
    ...(event.sdkProcessingMetadata ? { sdkProcessingMetadata: event.sdkProcessingMetadata } : {}),
    contexts: { ...(trace ? { trace } : {}), ...(runtime ? { runtime } : {}) },
  }
}

/** Folders may hold an operator's name. */
function scrubFrame({ filename, function: name, lineno, colno, in_app }: StackFrame): StackFrame {
  return {
    filename: filename?.split(/[\\/]/).at(-1) ?? '?',
    ...(name === undefined ? {} : { function: name }),
    ...(lineno === undefined ? {} : { lineno }),
    ...(colno === undefined ? {} : { colno }),
    in_app: in_app ?? true,
  }
}
