import * as z from 'zod'
import { readIfExists, writeFileAtomic } from '../files/atomic.ts'
import { parseJson } from '../files/json.ts'
import { type AnySet, MANIFEST_ENDING } from './sets.ts'

const noteSchema = z.looseObject({
  /** The place, as `placeOf` tells it. */
  target: z.string(),
  /** When its files were read back there and found equal. */
  at: z.iso.datetime(),
  /** Of the archive. */
  sha256: z.string(),
})
export type OffsiteNote = z.infer<typeof noteSchema>

/** Where it is noted that a backup lies off site, beside its manifest. */
export function offsiteFile(set: Pick<AnySet, 'manifest'>): string {
  return `${set.manifest.slice(0, -MANIFEST_ENDING.length)}.offsite.json`
}

/** The note that this very archive lies in this place; undefined when there is none. */
export async function readOffsite(set: AnySet, target: string): Promise<OffsiteNote | undefined> {
  const text = await readIfExists(offsiteFile(set))
  if (text === undefined) return undefined
  const note = noteSchema.safeParse(parseJson(text))
  if (!note.success || note.data.sha256 !== set.data.archive.sha256) return undefined
  return note.data.target === target ? note.data : undefined
}

/** Notes that the backup was found whole in this place. */
export async function writeOffsite(set: AnySet, target: string, at: Date): Promise<void> {
  const note: OffsiteNote = { target, at: at.toISOString(), sha256: set.data.archive.sha256 }
  await writeFileAtomic(offsiteFile(set), `${JSON.stringify(note)}\n`, { mode: 0o600 })
}
