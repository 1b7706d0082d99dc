import { BookctlError } from '../errors.ts'

const UNIT_MS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `10m` before now, or an ISO time. @throws BookctlError (exit 2). */
export function parseSince(text: string, now: Date): Date {
  const [, amount, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
  if (amount && unit) return new Date(now.getTime() - Number(amount) * (UNIT_MS[unit] ?? 0))
  const at = /^\d{4}-\d{2}-\d{2}/.test(text) ? new Date(text) : undefined
  if (at && !Number.isNaN(at.getTime())) return at
  throw new BookctlError('since-invalid', 'usage', `--since ${text} is not a time`, {
    hint: 'Write it as 90s, 10m, 2h, 3d, or 2026-11-24T09:00.',
  })
}

/** A number of lines. @throws BookctlError (exit 2). */
export function parseTail(text: string): number {
  if (/^\d{1,7}$/.test(text)) return Number(text)
  throw new BookctlError('tail-invalid', 'usage', `--tail ${text} is not a number of lines`, {
    hint: 'Give a whole number, as in --tail 50.',
  })
}

/** A line of a bot's log as it is printed. With `json` every line is a document of its own, whoever wrote it. */
export function showLine(line: string, id: string, how: { json: boolean; several: boolean }): string {
  if (!how.json) return how.several ? `${id}  ${line}` : line
  return isDocument(line) ? line : JSON.stringify({ client: id, line })
}

function isDocument(line: string): boolean {
  if (!line.startsWith('{')) return false
  try {
    JSON.parse(line)
    return true
  } catch {
    // A stack, or the half of a line that a crash has left.
    return false
  }
}
