import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { unlessDiskFull } from '../files/disk-full.ts'
import { rotate } from '../files/log-rotation.ts'
import { redact } from '../secrets/redact.ts'
import type { Ui } from '../ui/output.ts'
import { runTasks } from '../ui/tasks.ts'

export type Log = (text: string) => void

/** A log that keeps itself below a size. Each line has its time; a full disk loses lines and stops nothing. */
export function openLog(path: string, now: () => Date): Log {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  rotate(path)
  return (text) => {
    const at = now().toISOString()
    const lines = redact(text)
      .split('\n')
      .map((line) => `${at} ${line}\n`)
    unlessDiskFull(() => appendFileSync(path, lines.join(''), { mode: 0o600 }))
  }
}

/**
 * A `Ui` for work that nobody watches: everything goes to the log, and to stderr too unless --quiet. stdout stays
 * empty, for cron mails whatever it gets.
 */
export function loggedUi(ui: Ui, log: Log): Ui {
  const line = (text: string) => {
    log(text)
    ui.note(text)
  }
  return {
    ...ui,
    json: false,
    interactive: false,
    data: line,
    document: (value) => line(JSON.stringify(value)),
    note: line,
    success: (text) => line(`✓ ${text}`),
    warn: (text) => line(`! ${text}`),
    tasks: (steps) => runTasks(steps, { live: false, line }),
  }
}
