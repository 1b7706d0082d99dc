import * as z from 'zod'
import { readIfExists, writeFileAtomic } from '../files/atomic.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { type Attempt, TASKS, type Task } from './due.ts'

const attemptSchema = z.object({
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  ok: z.boolean(),
  error: z.string().optional(),
  failures: z.int().nonnegative(),
})
const fileSchema = z.partialRecord(z.enum(TASKS), attemptSchema)

export type Attempts = Partial<Record<Task, Attempt>>

/** The last attempts of each task. A file that is lost or damaged costs a repeated attempt, and nothing else. */
export async function readAttempts(fleet: Fleet): Promise<Attempts> {
  const text = await readIfExists(fleet.paths.scheduleAttempts)
  try {
    return fileSchema.parse(JSON.parse(text ?? '{}')) as Attempts
  } catch {
    return {}
  }
}

/** Writes down how an attempt ended; `since` is when the task was last to be done. */
export async function noteAttempt(
  fleet: Fleet,
  task: Task,
  since: Date | null,
  ended: Omit<Attempt, 'failures'>,
): Promise<void> {
  const attempts = await readAttempts(fleet)
  const last = attempts[task]
  const before = last && since && Date.parse(last.startedAt) >= since.getTime() ? last.failures : 0
  const noted = { ...attempts, [task]: { ...ended, failures: ended.ok ? 0 : before + 1 } }
  await writeFileAtomic(fleet.paths.scheduleAttempts, `${JSON.stringify(noted, null, 2)}\n`, { mode: 0o600 })
}
