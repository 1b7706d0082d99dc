import { lastTimeOfDay } from '../fleet/zone.ts'

export const TASKS = ['backup', 'drill', 'prune'] as const
export type Task = (typeof TASKS)[number]

/** What was attempted of a task; tells nothing about success, which is judged from the archives. */
export interface Attempt {
  startedAt: string
  endedAt: string
  ok: boolean
  /** What went wrong, for `schedule show`. */
  error?: string
  /** Failed attempts since the time at which the task was last to be done. */
  failures: number
}

/** A task that failed is tried again at the next looks, so often in all; then it waits for its next time. */
const TRIES = 3

/** What the archives tell of each task. */
export interface Done {
  /** Up to when every client is backed up, and that off site where there is a place. */
  backup: Date
  /** When the last trial restore was. */
  drill: Date
  /** Whether a prune at this moment would have removed something that is still there. */
  prunable: (at: Date) => boolean
}

export interface TaskState {
  task: Task
  /** The last time at which it was to be done; null: it is switched off. */
  since: Date | null
  overdue: boolean
  /** Overdue, and not tried too often already. */
  due: boolean
}

/**
 * What is to be done now. The archives alone say what is overdue, but for a drill that could do no more; else attempts only
 * keep a failure from being tried for ever.
 */
export function judgeTasks(facts: {
  times: Readonly<Record<Task, string | null>>
  zone: string
  now: Date
  done: Done
  attempts: Partial<Record<Task, Attempt>>
}): TaskState[] {
  return TASKS.map((task) => {
    const time = facts.times[task]
    if (time === null) return { task, since: null, overdue: false, due: false }
    const since = lastTimeOfDay(time, facts.now, facts.zone)
    const last = facts.attempts[task]
    const attempt = last && Date.parse(last.startedAt) >= since.getTime() ? last : undefined
    // Without the key to encrypted archives a drill proves their hash, and leaves no younger restore however often it is done.
    const overdue = isOverdue(task, since, facts.done) && !(task === 'drill' && attempt?.ok)
    const failures = attempt?.failures ?? 0
    return { task, since, overdue, due: overdue && failures < TRIES }
  })
}

function isOverdue(task: Task, since: Date, done: Done): boolean {
  if (task === 'prune') return done.prunable(since)
  return done[task] < since
}
