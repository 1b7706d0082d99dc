import { createStackParser, createTransport, Scope, startInactiveSpan } from '@sentry/core'
import { nodeStackLineParser, ServerRuntimeClient } from '@sentry/core/server'
import { type Bucket, takeToken } from '../domain/rate-limit.ts'
import { sqlState } from '../storage/database.ts'
import type { FaultOptions, Faults } from './faults.ts'
import { scrubEvent, scrubTransaction } from './scrub.ts'

const SEND_TIMEOUT_MS = 5_000
const FLUSH_MS = 2_000
/** A fault that comes back at every try of an update must not use up the project's quota. */
const PACE = { perTokenMs: 30_000, burst: 20 }

/**
 * Reports to a Sentry project. Only the core of Sentry's SDK: the whole of it patches what it finds in the process,
 * takes half a second to load, and holds one project for all clients of a process.
 */
export function openSentry(
  { dsn, environment, tracesSampleRate }: FaultOptions,
  { clientId, version, secrets }: { clientId: string; version: string; secrets: readonly string[] },
): Faults {
  const client = new ServerRuntimeClient({
    dsn,
    environment,
    release: `bookctl-bot@${version}`,
    tracesSampleRate,
    traceLifecycle: 'static',
    platform: 'node',
    runtime: { name: 'node', version: process.version },
    integrations: [],
    sendClientReports: false,
    stackParser: createStackParser(nodeStackLineParser()),
    transport: (options) =>
      createTransport(options, async ({ body }) => {
        const { status, headers } = await fetch(options.url, {
          method: 'POST',
          headers: { ...options.headers },
          body: typeof body === 'string' ? body : Buffer.from(body),
          signal: AbortSignal.timeout(SEND_TIMEOUT_MS),
        })
        return {
          statusCode: status,
          headers: {
            'x-sentry-rate-limits': headers.get('x-sentry-rate-limits'),
            'retry-after': headers.get('retry-after'),
          },
        }
      }),
    beforeSend: (event) => scrubEvent(event, secrets),
    beforeSendTransaction: scrubTransaction,
  })
  client.init()

  /** A scope for each report: with a common one all updates would be one trace, sampled all or none. */
  function scopeOf(tags: Record<string, string | number>): Scope {
    const scope = new Scope()
    scope.setClient(client)
    scope.setTags({ client: clientId, ...tags })
    return scope
  }

  let bucket: Bucket | undefined
  return {
    report(error, tags) {
      const taken = takeToken(bucket, PACE, performance.now())
      bucket = taken.bucket
      if (!taken.allowed) return
      const state = sqlState(error)
      const { constraint } = (error ?? {}) as { constraint?: unknown }
      scopeOf({
        ...tags,
        ...(state === undefined ? {} : { sqlstate: state }),
        ...(typeof constraint === 'string' ? { constraint } : {}),
      }).captureException(error)
    },
    measure(kind) {
      const span = startInactiveSpan({
        name: kind,
        op: 'bot.update',
        forceTransaction: true,
        parentSpan: null,
        scope: scopeOf({ kind }),
      })
      return (outcome) => {
        span.setStatus(outcome === 'failed' ? { code: 2, message: 'internal_error' } : { code: 1 })
        span.end()
      }
    },
    async close() {
      await client.close(FLUSH_MS)
    },
  }
}
