import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CliResult } from './cli.ts'
import type { TestFleet } from './fleet.ts'

/** Runs a command that must end well, and answers with the most memory (resident, in MB) that its own process ever had. */
export async function peakMemory(
  fleet: TestFleet,
  args: readonly string[],
): Promise<{ megabytes: number; result: CliResult }> {
  const folder = mkdtempSync(join(tmpdir(), 'bookctl-memory-'))
  const [preload, report] = [join(folder, 'report.cjs'), join(folder, 'peak')]
  writeFileSync(
    preload,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(report)}, String(process.resourceUsage().maxRSS)))`,
  )
  try {
    const result = await fleet.ok(args, { env: { NODE_OPTIONS: `--require=${preload}` } })
    return { megabytes: Number(readFileSync(report, 'utf8')) / 1024, result }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
