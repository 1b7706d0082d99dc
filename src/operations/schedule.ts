import { fileURLToPath } from 'node:url'
import type { Context } from '../context.ts'
import { BookctlError } from '../errors.ts'
import { packageFile } from '../files/package-root.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { nextTimeOfDay } from '../fleet/zone.ts'
import { readAttempts } from '../schedule/attempts.ts'
import { asBytes, asText, readCrontab, writeCrontab } from '../schedule/crontab.ts'
import {
  type BlockFacts,
  cronBlock,
  findBlock,
  isUpToDate,
  minuteOf,
  withBlock,
  withoutBlock,
} from '../schedule/crontab-block.ts'
import type { Attempt, Task } from '../schedule/due.ts'
import { readAllStored } from './backup-stored.ts'
import { readTaskStates } from './schedule-tasks.ts'

/** Variables by which bookctl finds programs and engine; cron gives a program none of them. */
const PASSED_ON = [
  'PATH',
  'BOOKCTL_PG_BIN',
  'DOCKER_HOST',
  'DOCKER_CONTEXT',
  'DOCKER_CONFIG',
  'XDG_RUNTIME_DIR',
]
/** Cron reads no longer line. */
const LINE_MAX = 950

export interface ScheduleView {
  /** `other`: it stands in the crontab, but not as this bookctl would write it. */
  installed: 'yes' | 'no' | 'other'
  block: string | null
  log: string
  tasks: {
    task: Task
    /** Time of day in the fleet's zone. */
    time: string | null
    overdue: boolean
    /** When it is looked at next. */
    nextAt: string | null
    last: Attempt | null
  }[]
}

/**
 * Puts the fleet's block into the crontab of whoever runs this. False: it stands there already.
 * @throws BookctlError `cron-missing` (exit 13) naming the package.
 */
export async function installSchedule(context: Context, fleet: Fleet): Promise<boolean> {
  const { id } = fleet.settings
  const crontab = await readCrontab()
  const wanted = withBlock(crontab, id, blockOf(context, fleet))
  if (wanted === crontab) return false
  await writeCrontab(wanted)
  return true
}

/** Takes the fleet's block out of the crontab. False: there was none. */
export async function removeSchedule(fleet: Fleet): Promise<boolean> {
  const { id } = fleet.settings
  const crontab = await readCrontab()
  if (findBlock(crontab, id) === undefined) return false
  await writeCrontab(withoutBlock(crontab, id))
  return true
}

/** What is installed, how each task ended last, and when it is looked at next. */
export async function readSchedule(context: Context, fleet: Fleet): Promise<ScheduleView> {
  const { settings, paths } = fleet
  const now = context.now()
  const block = findBlock(await readCrontab(), settings.id)
  const attempts = await readAttempts(fleet)
  const states = await readTaskStates(fleet, await readAllStored(fleet), now)
  const installed = block === undefined ? 'no' : isUpToDate(block, factsOf(context, fleet)) ? 'yes' : 'other'
  const tasks = states.map(({ task, overdue, due }) => {
    const time = settings.backup.schedule[task]
    const from = time === null ? undefined : due ? now : nextTimeOfDay(time, now, settings.timeZone)
    return {
      task,
      time,
      overdue,
      nextAt: from && block !== undefined ? lookAfter(from, minuteOf(settings.id)).toISOString() : null,
      last: attempts[task] ?? null,
    }
  })
  return { installed, block: block === undefined ? null : asText(block), log: paths.scheduleLog, tasks }
}

/** The first minute of that number, from this instant on. */
function lookAfter(from: Date, minute: number): Date {
  const look = new Date(from)
  look.setMinutes(minute, 0, 0)
  if (look < from) look.setHours(look.getHours() + 1)
  return look
}

/** In bytes, as a crontab is read and written. */
function factsOf({ env }: Context, { settings, dir }: Fleet): BlockFacts {
  return {
    fleetId: settings.id,
    fleetName: settings.name,
    fleetDir: asBytes(dir),
    node: asBytes(process.execPath),
    program: asBytes(fileURLToPath(packageFile('bin/bookctl.js'))),
    environment: Object.fromEntries(
      PASSED_ON.flatMap((name) => (env[name] ? [[name, asBytes(env[name])]] : [])),
    ),
  }
}

function blockOf(context: Context, fleet: Fleet): string {
  const block = cronBlock(factsOf(context, fleet))
  const [, line = '', ...rest] = block.split('\n')
  if (rest.length !== 2 || line.length > LINE_MAX)
    throw new BookctlError('line-impossible', 'preflight', 'No line of a crontab can hold this command', {
      hint: 'Cron takes 998 bytes and no line break: shorten PATH, or move the fleet to a shorter path.',
    })
  return block
}
