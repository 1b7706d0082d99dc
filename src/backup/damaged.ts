import { BookctlError } from '../errors.ts'
import { type AnySet, ownerOf } from './sets.ts'

/** The error of a backup of which a file is not what its manifest says (exit 14). */
export function damaged(set: AnySet, what: string, cause?: unknown, file = set.archive): BookctlError {
  return new BookctlError('backup-damaged', 'verification', `${ownerOf(set)}: ${file}: ${what}`, {
    hint: 'Nothing live was touched. Make a new backup, or use an older one of the same folder.',
    ...(cause === undefined ? {} : { cause }),
  })
}
