import { rm } from 'node:fs/promises'
import * as z from 'zod'
import { readIfExists, writeFileAtomic } from '../files/atomic.ts'
import { parseJson } from '../files/json.ts'
import { type AnySet, MANIFEST_ENDING } from './sets.ts'

/**
 * How far a backup was proved: its hash was compared; besides, pg_restore has read it to the end; besides, it was
 * restored into a scratch database and its rows were compared.
 */
export const PROOF_LEVELS = ['hash', 'read', 'restore'] as const
export type ProofLevel = (typeof PROOF_LEVELS)[number]

const proofSchema = z.looseObject({
  level: z.enum(PROOF_LEVELS),
  at: z.iso.datetime(),
  /** Of the archive that was proved. */
  sha256: z.string(),
})
export type Proof = z.infer<typeof proofSchema>

/** Where the proof of a backup is kept, beside its manifest. */
export function proofFile(set: Pick<AnySet, 'manifest'>): string {
  return `${set.manifest.slice(0, -MANIFEST_ENDING.length)}.verified.json`
}

/** The best proof of this archive so far; undefined when there is none, or one of other bytes. */
export async function readProof(set: AnySet): Promise<Proof | undefined> {
  const text = await readIfExists(proofFile(set))
  if (text === undefined) return undefined
  const proof = proofSchema.safeParse(parseJson(text))
  return proof.success && proof.data.sha256 === set.data.archive.sha256 ? proof.data : undefined
}

/** Notes that the archive was proved now. A better proof than this one stays, with its own date. */
export async function writeProof(set: AnySet, level: ProofLevel, at: Date): Promise<void> {
  const before = await readProof(set)
  if (before && PROOF_LEVELS.indexOf(before.level) > PROOF_LEVELS.indexOf(level)) return
  const proof: Proof = { level, at: at.toISOString(), sha256: set.data.archive.sha256 }
  await writeFileAtomic(proofFile(set), `${JSON.stringify(proof)}\n`, { mode: 0o600 })
}

/** An archive that was found damaged is proved no longer. */
export async function removeProof(set: AnySet): Promise<void> {
  await rm(proofFile(set), { force: true })
}
