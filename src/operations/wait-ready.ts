import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine, ServiceState } from '../engines/engine.ts'
import { BookctlError } from '../errors.ts'
import type { ClientNames } from '../fleet/names.ts'
import type { AdminDb } from '../postgres/admin.ts'
import { readInstance } from './instance.ts'

const READY_SECONDS = 60
const LOOK_MS = 200
const LOG_LINES = 8

export interface WaitOptions {
  /** The instance that ran before: only another one counts. */
  instanceBefore?: string
  timeoutSeconds?: number
  signal?: AbortSignal
}

/**
 * Waits until a client's bot says that it is ready.
 * @throws BookctlError `bot-not-ready` (exit 6) with the bot's own last lines when it has ended or time is over;
 * `interrupted` (exit 130) when the signal aborts.
 */
export async function waitReady(
  services: { engine: Engine; db: AdminDb },
  names: ClientNames,
  options: WaitOptions = {},
): Promise<{ readyAt: Date; botUsername: string }> {
  const { engine, db } = services
  const seconds = options.timeoutSeconds ?? READY_SECONDS
  const deadline = Date.now() + seconds * 1000
  let reason: string | null = null
  for (;;) {
    const { rows } = await db.query<{
      instance: string
      ready_at: Date | null
      bot_username: string | null
      not_ready_reason: string | null
    }>(
      // The last words of one that has stopped say that it was ready; the one that runs now may not be yet.
      `select instance::text, ready_at, bot_username, not_ready_reason
         from fleet.heartbeats
        where client_id = $1 and stopped_at is null`,
      [names.id],
    )
    const pulse = rows[0]
    if (pulse && pulse.instance !== options.instanceBefore) {
      reason = pulse.not_ready_reason
      if (pulse.ready_at && reason === null)
        return { readyAt: pulse.ready_at, botUsername: pulse.bot_username ?? '' }
    }
    if (options.signal?.aborted)
      throw new BookctlError(
        'interrupted',
        'interrupted',
        `${names.id}: interrupted while its bot was starting`,
        {
          hint: 'Run the same command again to go on.',
        },
      )
    const service = await engine.find(names.service)
    const gone = whyGone(service)
    if (gone || Date.now() > deadline) {
      const why = gone ?? `it is not ready after ${seconds} s${reason ? ` (${reason})` : ''}`
      throw await notReady(engine, names, why)
    }
    await sleep(LOOK_MS)
  }
}

/**
 * Starts or restarts a bot by `act`, then waits as `waitReady` does: the last heartbeat of the one before does not count.
 */
export async function readyAfter(
  services: { engine: Engine; db: AdminDb },
  names: ClientNames,
  act: () => Promise<void>,
  options: Omit<WaitOptions, 'instanceBefore'> = {},
): Promise<{ readyAt: Date; botUsername: string }> {
  const instanceBefore = await readInstance(services.db, names.id)
  await act()
  return await waitReady(services, names, {
    ...(instanceBefore === undefined ? {} : { instanceBefore }),
    ...options,
  })
}

/** A bot that exits while it starts has something to say; waiting longer does not change it. */
function whyGone(service: ServiceState | undefined): string | undefined {
  if (service?.state === 'exited') return `it ended with exit code ${service.exitCode ?? 'unknown'}`
  if (service?.state === 'restarting' && service.restarts >= 3)
    return `it ends again and again (exit code ${service.exitCode ?? 'unknown'})`
  return undefined
}

async function notReady(engine: Engine, names: ClientNames, why: string): Promise<BookctlError> {
  const lines: string[] = []
  for await (const line of engine.logs(names.service, { tail: LOG_LINES })) lines.push(`  ${line}`)
  const said = lines.length > 0 ? `\nIts last lines:\n${lines.join('\n')}` : ''
  return new BookctlError(
    'bot-not-ready',
    'healthGate',
    `The bot of ${names.id} did not start: ${why}${said}`,
    {
      hint: `More of its log: bookctl client logs ${names.id}`,
    },
  )
}
