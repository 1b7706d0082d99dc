// How long `bookctl --help` takes, against Node.js doing nothing at all. Run: npm run bench -- help
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { median, printTable } from './support.ts'

const program = fileURLToPath(new URL('../bin/bookctl.js', import.meta.url))
const rounds = 21

function milliseconds(args: readonly string[]): number {
  const started = performance.now()
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' })
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`)
  return performance.now() - started
}

const nothing: number[] = []
const help: number[] = []
// Alternating, so that a noisy neighbour hits both.
for (let round = 0; round < rounds; round++) {
  nothing.push(milliseconds(['-e', '0']))
  help.push(milliseconds([program, '--help']))
}
printTable(
  ['command', `median of ${rounds}`],
  [
    ['node -e 0', `${median(nothing).toFixed(0)} ms`],
    ['bookctl --help', `${median(help).toFixed(0)} ms`],
    ['ratio', (median(help) / median(nothing)).toFixed(2)],
  ],
)
