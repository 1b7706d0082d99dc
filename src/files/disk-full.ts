import { BookctlError } from '../errors.ts'

const FULL: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
}

const ROOM = 'Make room there (df -h tells how much there is), then run the same command again: it goes on.'

/** True for what the operating system says when nothing more can be written. */
export function isDiskFull(error: unknown): boolean {
  return String((error as { code?: unknown } | undefined)?.code) in FULL
}

/** Whether a program tells that a disk is full: its own, or that of the server which it talks to. */
export function tellsOfFullDisk(error: unknown): error is Error {
  return error instanceof Error && /No space left on device|Disk quota exceeded/.test(error.message)
}

/** The error of a server whose disk is full (exit 13). `whose` begins the message. */
export function serverDiskFull(whose: string, cause: unknown): BookctlError {
  return new BookctlError(
    'disk-full',
    'preflight',
    `${whose}: the disk of PostgreSQL's data is full: ${(cause as Error).message}`,
    { hint: ROOM, cause },
  )
}

/** Writes what may be missing rather than end the program that writes it. False: there was no room. */
export function unlessDiskFull(write: () => void): boolean {
  try {
    write()
    return true
  } catch (error) {
    if (isDiskFull(error)) return false
    throw error
  }
}

/**
 * Does something that writes this file. Node tells of a full disk without the file's name, and what an operator needs
 * is the name: it says which disk.
 * @throws BookctlError `disk-full` (exit 13); every other error as it came.
 */
export async function writing<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isDiskFull(error)) throw error
    const what = FULL[(error as { code: string }).code]
    throw new BookctlError('disk-full', 'preflight', `${path} cannot be written: ${what}`, {
      hint: ROOM,
      details: { path },
      cause: error,
    })
  }
}
