// How long the command line takes to start: `bookctl --help` and `bookctl status` in a new fleet that is not up, against
// Node.js doing nothing at all. Run: npm run bench -- help
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { median, printTable } from './support.ts'

const program = fileURLToPath(new URL('../bin/bookctl.js', import.meta.url))
const rounds = 21
const dir = mkdtempSync(join(tmpdir(), 'bookctl-bench-'))

function milliseconds(args: readonly string[], expected = 0): number {
  const started = performance.now()
  const { status } = spawnSync(process.execPath, args, { cwd: dir, stdio: 'ignore' })
  if (status !== expected) throw new Error(`node ${args.join(' ')} ended with ${status}`)
  return performance.now() - started
}

const commands = [
  { title: 'node -e 0', args: ['-e', '0'], times: [] as number[] },
  { title: 'bookctl --help', args: [program, '--help'], times: [] as number[] },
  // Exit 3: the fleet is not up. All that such a command loads has been loaded by then.
  { title: 'bookctl status', args: [program, 'status'], expected: 3, times: [] as number[] },
]
try {
  milliseconds([program, 'init', '--yes', '--engine', 'local', '--timezone', 'Europe/Moscow'])
  // Alternating, so that a noisy neighbour hits each.
  for (let round = 0; round < rounds; round++)
    for (const { args, expected, times } of commands) times.push(milliseconds(args, expected))
} finally {
  rmSync(dir, { recursive: true, force: true })
}
const nothing = median(commands[0]?.times ?? [])
printTable(
  ['command', `median of ${rounds}`, 'ratio'],
  commands.map(({ title, times }) => [
    title,
    `${median(times).toFixed(0)} ms`,
    (median(times) / nothing).toFixed(2),
  ]),
)
