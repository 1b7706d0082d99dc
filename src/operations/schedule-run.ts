import { hostname } from 'node:os'
import { pingDeadMan } from '../alerts/dead-man.ts'
import { alertOperator } from '../alerts/telegram.ts'
import { judgeStored } from '../backup/judge.ts'
import type { Context } from '../context.ts'
import { type EnvFile, readEnvFile } from '../env/env-file.ts'
import { BookctlError } from '../errors.ts'
import { releaseLock, takeLock } from '../exec/process-lock.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { noteAttempt } from '../schedule/attempts.ts'
import { TASKS, type Task, type TaskState } from '../schedule/due.ts'
import { type Log, loggedUi, openLog } from '../schedule/log.ts'
import { redact } from '../secrets/redact.ts'
import { readAllStored } from './backup-stored.ts'
import type { ClientResult } from './each-client.ts'
import { messageOf } from './message-of.ts'
import { readTaskStates, runTask } from './schedule-tasks.ts'
import { withServices } from './services.ts'

export interface TaskOutcome {
  task: Task
  ok: boolean
  /** What was done, or what went wrong. */
  told: string
}

export interface RunOutcome {
  /** Another run was still going on. */
  skipped: boolean
  tasks: TaskOutcome[]
}

/**
 * One look of the schedule: does what is due, or the one task that was named. Two never overlap; the later one says so
 * and ends. Everything goes to the log; the operator hears of failures, the dead-man URL of looks that leave the fleet
 * safe.
 * @throws BookctlError `schedule-failed` (exit 3) that names each task that failed.
 */
export async function runSchedule(
  context: Context,
  fleet: Fleet,
  named: Task | undefined,
): Promise<RunOutcome> {
  const log = openLog(fleet.paths.scheduleLog, context.now)
  const logged = { ...context, ui: loggedUi(context.ui, log) }
  if (!takeLock(fleet.paths.scheduleLock)) {
    logged.ui.note('another run is still going on; this one does nothing')
    return { skipped: true, tasks: [] }
  }
  try {
    const env = await readEnvFile(fleet)
    const tasks = await runAll(logged, fleet, named)
    const failures = tasks.filter((one) => !one.ok)
    const problems =
      failures.length > 0 ? await alert(fleet, env, failures) : await ping(context, fleet, env, log)
    for (const problem of problems) {
      log(`! ${problem}`)
      context.ui.warn(problem)
    }
    if (failures.length > 0) throw failed(fleet, failures)
    return { skipped: false, tasks }
  } finally {
    releaseLock(fleet.paths.scheduleLock)
  }
}

async function runAll(context: Context, fleet: Fleet, named: Task | undefined): Promise<TaskOutcome[]> {
  const { ui } = context
  const outcomes: TaskOutcome[] = []
  const look = async () => readTaskStates(fleet, await readAllStored(fleet), context.now())
  let states = await look()
  for (const task of TASKS) {
    const state = states.find((one) => one.task === task)
    if (!state || !(named ? task === named : state.due)) continue
    if (context.signal.aborted) break
    ui.note(`${task}: begins`)
    const outcome = await attempt(context, fleet, state, named !== undefined)
    ui.note(`${task}: ${outcome.ok ? 'done' : 'failed'}: ${outcome.told}`)
    outcomes.push(outcome)
    // A backup that was just made may be what the drill was to restore.
    states = await look()
  }
  if (outcomes.length === 0) ui.note('nothing is due')
  return outcomes
}

async function attempt(
  context: Context,
  fleet: Fleet,
  { task, since }: TaskState,
  whole: boolean,
): Promise<TaskOutcome> {
  const startedAt = context.now().toISOString()
  const outcome = await withServices(
    context,
    fleet,
    (services) => runTask(context, services, task, whole ? null : since),
    `bookctl schedule run ${task}`,
  ).then(
    (told) => ({ task, ok: true, told }),
    (error: unknown) => ({ task, ok: false, told: redact(describe(error)) }),
  )
  await noteAttempt(fleet, task, since, {
    startedAt,
    endedAt: context.now().toISOString(),
    ok: outcome.ok,
    ...(outcome.ok ? {} : { error: outcome.told }),
  })
  return outcome
}

/** What went wrong, with each client's own error and what to type. */
function describe(error: unknown): string {
  if (!(error instanceof BookctlError)) return `unexpected: ${messageOf(error)}`
  const results = (error.details?.['results'] ?? []) as ClientResult<unknown>[]
  const each = results.flatMap((one) => (one.ok ? [] : [`${one.id}: ${one.error}`]))
  return [error.message, ...each, ...(error.hint ? [error.hint] : [])].join('\n')
}

function alert(fleet: Fleet, env: EnvFile, failures: readonly TaskOutcome[]): Promise<string[]> {
  const lines = failures.map(({ task, told }) => `✗ ${task}: ${told}`)
  const where = `${fleet.settings.name} on ${hostname()} (${fleet.dir})`
  return alertOperator(fleet, env, [`bookctl: fleet ${where}`, ...lines].join('\n'))
}

/** Silence is the alarm: the URL is asked only when every client is safe and nothing is overdue. */
async function ping(context: Context, fleet: Fleet, env: EnvFile, log: Log): Promise<string[]> {
  const now = context.now()
  const { backup } = fleet.settings
  const stored = await readAllStored(fleet)
  const overdue = (await readTaskStates(fleet, stored, now))
    .filter((one) => one.overdue)
    .map((one) => one.task)
  const red = stored.map((one) => judgeStored(one, backup, now)).filter((one) => !one.safe)
  if (overdue.length === 0 && red.length === 0) return [await pingDeadMan(env)].flatMap((one) => one ?? [])
  log(
    `not safe: overdue: ${overdue.join(' ') || 'nothing'}; red: ${red.map((one) => one.id).join(' ') || 'nobody'}`,
  )
  return []
}

function failed({ paths }: Fleet, failures: readonly TaskOutcome[]): BookctlError {
  const lines = failures.map(({ task, told }) => `${task}: ${told}`)
  return new BookctlError('schedule-failed', 'partly', `The schedule failed: ${lines.join('\n')}`, {
    hint: `The log: ${paths.scheduleLog}`,
    details: { failed: failures },
  })
}
