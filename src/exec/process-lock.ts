import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { isAlive, processIdentity } from './process-identity.ts'

interface Holder {
  pid: number
  identity: string
}

/**
 * Takes the lock file for this process. False when a living process holds it. A dead one's lock is taken over:
 * it is moved aside first, so that of several takers one wins.
 */
export function takeLock(path: string): boolean {
  const mine: Holder = { pid: process.pid, identity: processIdentity(process.pid) ?? '' }
  const own = `${path}.${process.pid}`
  writeFileSync(own, JSON.stringify(mine), { mode: 0o600 })
  try {
    for (let tries = 0; tries < 10; tries++) {
      try {
        linkSync(own, path)
        return true
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const holder = readHolder(path)
      if (holder && isAlive(holder.pid, holder.identity)) return false
      if (holder) setAside(path, holder)
    }
    return false
  } finally {
    rmSync(own, { force: true })
  }
}

export function releaseLock(path: string): void {
  const holder = readHolder(path)
  if (holder?.pid === process.pid) rmSync(path, { force: true })
}

function setAside(path: string, dead: Holder): void {
  const aside = `${path}.stale.${process.pid}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  // Another taker may have been faster, and what we moved is its fresh lock: give it back.
  const moved = readHolder(aside)
  if (moved && moved.identity !== dead.identity) {
    renameSync(aside, path)
    return
  }
  rmSync(aside, { force: true })
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
