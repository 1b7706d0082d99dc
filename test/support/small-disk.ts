import { execFileSync } from 'node:child_process'
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statfsSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'

/** A small file system, to be filled. */
export interface SmallDisk {
  /** Mounting one needs root, and is forbidden in most containers. */
  mounted: boolean
  /** A folder on it, for a fleet. */
  dir: string
  /** Fills it, but for so many small files. */
  fill(leaving?: number): void
  makeRoom(): void
  close(): void
}

const PAGE = 4096

export function mountSmallDisk(megabytes: number): SmallDisk {
  const disk = mkdtempSync(join(tmpdir(), 'bookctl-small-disk-'))
  const mounted = isMounted(disk, megabytes)
  const dir = join(disk, 'fleet')
  mkdirSync(dir, { mode: 0o700 })
  const filler = join(disk, 'filler')
  return {
    mounted,
    dir,
    fill(leaving = 0) {
      const file = openSync(filler, 'a')
      try {
        for (const bytes of [1_000_000, PAGE]) for (;;) if (!hasWritten(file, bytes)) break
      } finally {
        closeSync(file)
      }
      expect(statfsSync(disk).bavail).toBe(0)
      truncateSync(filler, statSync(filler).size - leaving * PAGE)
    },
    makeRoom: () => rmSync(filler, { force: true }),
    close() {
      if (mounted) execFileSync('umount', ['-l', disk])
      rmSync(disk, { recursive: true, force: true })
    },
  }
}

function isMounted(disk: string, megabytes: number): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', disk], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function hasWritten(file: number, bytes: number): boolean {
  try {
    return writeSync(file, Buffer.alloc(bytes)) === bytes
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false
    throw error
  }
}
