import { randomBytes } from 'node:crypto'
import { link, mkdir, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { hostname, uptime } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { BookctlError } from '../errors.ts'
import { TEMPORARY } from '../files/atomic.ts'
import { writing } from '../files/disk-full.ts'
import type { FleetPaths } from './paths.ts'

const WAIT_SECONDS = 30

/**
 * Runs `work` while no other bookctl changes the files of this fleet. The lock names its holder; one whose process is
 * gone is taken over, and half-written files that it left are taken away. Held for milliseconds, so it waits instead of
 * failing at once, for as long as it goes from hand to hand.
 * @throws BookctlError (exit 11) when one and the same command holds it for longer than half a minute.
 */
export async function withFileLock<T>(fleet: { paths: FleetPaths }, work: () => Promise<T>): Promise<T> {
  const path = fleet.paths.lock
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const holder = `${process.pid}@${hostname()}`
  let seen = ''
  let deadline = Infinity
  let tookOver = false
  for (;;) {
    if (await take(path, holder)) break
    const other = await readFile(path, 'utf8').catch(() => '')
    if (await isGone(path, other)) {
      await takeOver(path, other)
      tookOver = true
      continue
    }
    if (other !== seen) {
      seen = other
      deadline = Date.now() + WAIT_SECONDS * 1000
    }
    if (Date.now() > deadline)
      throw new BookctlError('files-locked', 'locked', `The files of this fleet are held by ${other}`, {
        hint: 'Wait for that command to end. If it is not running any more, delete .bookctl/files.lock.',
      })
    await sleep(20 + Math.random() * 30)
  }
  try {
    await sweepNames(path)
    if (tookOver) await sweepTemporary(fleet.paths)
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}

/** Nobody but the holder of the lock writes these files: what lies there half-written is of a killed one. */
async function sweepTemporary({ env, clients }: FleetPaths): Promise<void> {
  const folders = [dirname(env), dirname(await realpath(env).catch(() => env)), clients]
  for (const folder of new Set(folders))
    for (const file of await readdir(folder).catch(() => []))
      if (TEMPORARY.test(file)) await rm(join(folder, file), { force: true })
}

/** What was left by holders that were killed on their way to the lock, or while they took over a dead one's. */
async function sweepNames(path: string): Promise<void> {
  const guard = guardOf(path)
  if (await isGone(guard, await readFile(guard, 'utf8').catch(() => ''))) await rm(guard, { force: true })
  const start = `${basename(path)}.`
  for (const file of await readdir(dirname(path))) {
    const holder = file.startsWith(start) && /(\d+@.+)\.[0-9a-f]{12}$/.exec(file)?.[1]
    const named = join(dirname(path), file)
    if (holder && (await isGone(named, holder))) await rm(named, { force: true })
  }
}

/** A link appears together with its content: a kill cannot leave a lock that names nobody. */
async function take(path: string, holder: string): Promise<boolean> {
  const named = `${path}.${holder}.${randomBytes(6).toString('hex')}`
  try {
    await writing(path, () => writeFile(named, holder, { mode: 0o600, flag: 'wx' }))
    await link(named, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(named, { force: true })
  }
}

const guardOf = (path: string) => `${path}.takeover`

/** Only one of several waiters may remove a dead holder's lock: the one that makes the guard file. */
async function takeOver(path: string, dead: string): Promise<void> {
  const guard = guardOf(path)
  if (!(await take(guard, `${process.pid}@${hostname()}`))) {
    if (await isGone(guard, await readFile(guard, 'utf8').catch(() => ''))) await rm(guard, { force: true })
    await sleep(20)
    return
  }
  try {
    if ((await readFile(path, 'utf8').catch(() => undefined)) === dead) await rm(path, { force: true })
  } finally {
    await rm(guard, { force: true })
  }
}

/** Whether the process that made this file (`pid@host`) has ended. One of another host is thought to live. */
export async function isGone(path: string, holder: string): Promise<boolean> {
  const [, pid, host] = /^(\d+)@(.+)$/.exec(holder) ?? []
  if (!pid || host !== hostname()) return false
  // A lock from before the last start of this host: its pid may be somebody else's by now.
  const taken = await stat(path).catch(() => undefined)
  if (taken && taken.mtimeMs < Date.now() - uptime() * 1000 - 60_000) return true
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
