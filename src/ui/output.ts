import { isatty } from 'node:tty'
import { redact } from '../secrets/redact.ts'
import { createPrompts, type Prompts } from './prompt.ts'
import { createStyle, wantsColor } from './style.ts'
import { renderTable } from './table.ts'
import { runTasks, type TaskStep } from './tasks.ts'

export type { Prompts, Question } from './prompt.ts'
export type { TaskStep } from './tasks.ts'

/** How a command talks: data on stdout, everything else on stderr. Nothing that it prints holds a secret of this run. */
export interface Ui {
  readonly json: boolean
  /** Somebody can be asked: stdin and stderr are terminals, and neither --no-input nor CI is set. */
  readonly interactive: boolean
  data(text: string): void
  /** One JSON document. */
  document(value: unknown): void
  note(text: string): void
  warn(text: string): void
  success(text: string): void
  table(head: readonly string[], rows: readonly (readonly string[])[]): string
  tasks(steps: readonly TaskStep[]): Promise<void>
  ask: Prompts
}

export interface UiOptions {
  json: boolean
  quiet: boolean
  input: boolean
  color: boolean
  env: NodeJS.ProcessEnv
}

export function createUi({ json, quiet, input, color, env }: UiOptions): Ui {
  const onTerminal = isatty(2)
  const interactive = input && !env['CI'] && isatty(0) && onTerminal
  const style = createStyle(wantsColor(process.stderr, env, color))
  const say = (text: string) => void process.stderr.write(`${redact(text)}\n`)
  return {
    json,
    interactive,
    data: (text) => void process.stdout.write(`${redact(text)}\n`),
    document: (value) => void process.stdout.write(`${redact(JSON.stringify(value, null, 2))}\n`),
    note: (text) => {
      if (!quiet) say(text)
    },
    success: (text) => {
      if (!quiet) say(`${style.green('✓')} ${text}`)
    },
    warn: (text) => say(`${style.yellow('!')} ${text}`),
    table: (head, rows) =>
      renderTable(head, rows, process.stdout.isTTY ? process.stdout.columns || 80 : undefined),
    tasks: (steps) =>
      runTasks(steps, {
        // Some terminals do not tell their width; the live list would wrap at every character.
        live: onTerminal && process.stderr.columns >= 40 && !quiet && env['TERM'] !== 'dumb',
        line: (text) => {
          if (!quiet) say(text)
        },
      }),
    ask: createPrompts(interactive),
  }
}
