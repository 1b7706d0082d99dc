import { copyFileSync, existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Manifest } from '../../src/backup/manifest.ts'
import type { ProofLevel } from '../../src/backup/proof.ts'
import { backupFiles } from '../../src/backup/sets.ts'

export interface PastBackup {
  at: Date
  /** Default: restored for proof when it was made. null: never proved. */
  proof?: ProofLevel | null
  provedAt?: Date
  change?: (manifest: Manifest) => void
}

/**
 * Puts backups of other times beside the newest real one of a folder, each a copy of it that differs only by what is
 * asked. Answers with their names.
 */
export function writeHistory(folder: string, past: readonly PastBackup[]): string[] {
  const newest = readdirSync(folder)
    .filter((file) => file.endsWith('.manifest.json'))
    .toSorted()
    .at(-1)
  if (!newest) throw new Error(`${folder} holds no backup to copy`)
  const manifest = readFileSync(join(folder, newest), 'utf8')
  const base = join(folder, newest.replace('.manifest.json', ''))
  const id = newest.slice(0, newest.lastIndexOf('-'))
  return past.map(({ at, proof = 'restore', provedAt = at, change }) => {
    const files = backupFiles(id, at)
    const data = JSON.parse(manifest) as Manifest
    data.createdAt = at.toISOString()
    data.archive.file = files.archive
    data.secrets.file = files.secrets
    change?.(data)
    copyFileSync(`${base}.dump`, join(folder, files.archive))
    copyFileSync(`${base}.secrets.age`, join(folder, files.secrets))
    writeFileSync(join(folder, files.manifest), JSON.stringify(data))
    const name = files.archive.replace('.dump', '')
    if (proof !== null)
      writeFileSync(
        join(folder, `${name}.verified.json`),
        JSON.stringify({ level: proof, at: provedAt.toISOString(), sha256: data.archive.sha256 }),
      )
    for (const file of [files.archive, files.secrets, files.manifest]) utimesSync(join(folder, file), at, at)
    return name
  })
}

/** Names of the backups that are whole in a folder: every one of their files is there. */
export function wholeBackups(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.manifest.json'))
    .map((file) => file.replace('.manifest.json', ''))
    .filter((name) => ['.dump', '.secrets.age'].every((end) => existsSync(join(folder, name + end))))
    .toSorted()
}
