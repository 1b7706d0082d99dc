import { execFile } from 'node:child_process'

export interface ShellResult {
  stdout: string
  stderr: string
  exitCode: number
}

/** Runs a line as a person types it into a shell, in a folder. Never fails: what it ended with is in the result. */
export function shell(line: string, cwd: string, env: Record<string, string> = {}): Promise<ShellResult> {
  return new Promise((resolve) => {
    const options = {
      cwd,
      maxBuffer: 64 * 1024 * 1024,
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LANG: 'C.UTF-8', ...env },
    }
    const child = execFile('bash', ['-o', 'pipefail', '-c', line], options, (error, stdout, stderr) => {
      const exitCode = error ? (typeof error.code === 'number' ? error.code : 1) : 0
      resolve({ stdout, stderr, exitCode })
    })
    child.stdin?.end()
  })
}

/** Runs `docker …` and answers with its stdout; an exit code other than 0 fails the test with what was printed. */
export async function docker(...words: string[]): Promise<string> {
  const quoted = words.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ')
  const result = await shell(`docker ${quoted}`, '/')
  if (result.exitCode !== 0) throw new Error(`docker ${words.join(' ')}: ${result.stderr}${result.stdout}`)
  return result.stdout.trim()
}

/** When a container was started: another answer later means that it was started anew. */
export function startedAt(container: string): Promise<string> {
  return docker('inspect', '--format', '{{.Id}} {{.State.StartedAt}}', container)
}
