/** Longer rotas than four weeks do not fit into a button, and nobody has them. */
export const ROTA_DAYS_MAX = 28

const SHIFTS = /^(\d{1,2})\s*(?:\/|\\|-|–|—|через|на|on)\s*(\d{1,2})$/
const DAYS = /^[01]{2,}$/

export type RotaRefusal = 'unreadable' | 'no-work' | 'too-long'

/** Reads a rota as people type it: `2/2`, `1 через 3`, or its days as `110` (1 works, 0 is off). */
export function parsePattern(
  text: string,
): { ok: true; pattern: string } | { ok: false; reason: RotaRefusal } {
  const plain = text.trim().toLowerCase()
  const shifts = SHIFTS.exec(plain)
  const pattern = shifts
    ? '1'.repeat(Number(shifts[1])) + '0'.repeat(Number(shifts[2]))
    : DAYS.test(plain)
      ? plain
      : undefined
  if (pattern === undefined) return { ok: false, reason: 'unreadable' }
  if (!pattern.includes('1')) return { ok: false, reason: 'no-work' }
  if (pattern.length > ROTA_DAYS_MAX) return { ok: false, reason: 'too-long' }
  return { ok: true, pattern }
}

/** `2/2` where the rota is one stretch of work and one of rest, else its days. */
export function formatPattern(pattern: string): string {
  const [, work, rest] = /^(1+)(0*)$/.exec(pattern) ?? []
  return work === undefined ? pattern : `${work.length}/${rest?.length ?? 0}`
}
