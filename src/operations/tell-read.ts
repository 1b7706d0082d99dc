import type { OnRead } from '../backup/pg-restore.ts'
import { formatBytes } from './fleet-health.ts'

/** A smaller archive is loaded before anybody asks how far it is. */
const LARGE_BYTES = 4 * 1024 * 1024
const LINES = 10

/** Tells at each further tenth of a large archive how much of it pg_restore has taken; of a small one nothing. */
export function tellRead(say: (detail: string) => void): OnRead {
  let told = 0
  return (read, of) => {
    const tenths = Math.floor((read / of) * LINES)
    if (of < LARGE_BYTES || tenths <= told) return
    told = tenths
    say(`${formatBytes(read)} of ${formatBytes(of)} loaded`)
  }
}
