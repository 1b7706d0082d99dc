import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { stripVTControlCharacters } from 'node:util'
import { eventually } from './throwaway-servers.ts'

/** A program in a pseudo-terminal, with a person before it. */
export interface Terminal {
  /** Everything that was shown so far, without the terminal's own codes. */
  screen(): string
  /** Waits until the text is shown, behind what `sees` has waited for before. */
  sees(text: string | RegExp): Promise<void>
  /** Types; `\r` is Enter, `\t` is Tab, `\x03` is Ctrl-C. */
  type(keys: string): void
  /** Waits for the program's end. */
  exited(): Promise<number | null>
  /** Ends it, if it has not ended yet. */
  close(): Promise<void>
}

export interface TerminalOptions {
  cwd?: string
  env?: Record<string, string>
}

/** Runs a program in a pseudo-terminal of 100 columns, made by script(1), which every Debian has. */
export function inTerminal(argv: readonly string[], options: TerminalOptions = {}): Terminal {
  const command = `stty cols 100 rows 40; exec ${argv.map(quoted).join(' ')}`
  const child = spawn('script', ['--quiet', '--flush', '--return', '--command', command, '/dev/null'], {
    cwd: options.cwd,
    // No CI: with it nothing is asked.
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      LANG: 'C.UTF-8',
      TERM: 'xterm',
      SHELL: '/bin/sh',
      ...options.env,
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const gone = once(child, 'close').then(([code]) => code as number | null)
  let shown = ''
  let seen = 0
  child.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text))
  child.stdin.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
  const screen = () => stripVTControlCharacters(shown).replaceAll('\r', '')
  return {
    screen,
    sees: (text) =>
      eventually(async () => {
        const rest = screen().slice(seen)
        const found = typeof text === 'string' ? rest.indexOf(text) : rest.search(text)
        if (found < 0) throw new Error(`${text} is not shown:\n${rest}`)
        const length = typeof text === 'string' ? text.length : (text.exec(rest)?.[0].length ?? 0)
        seen += found + length
      }),
    type: (keys) => void child.stdin.write(keys),
    exited: () => gone,
    async close() {
      child.kill('SIGKILL')
      await gone
    },
  }
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
