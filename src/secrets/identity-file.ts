import { readIfExists } from '../files/atomic.ts'
import { registerSecret } from './redact.ts'

/** The age identity in a file; undefined where there is no such file, or none in it. `redact` knows it from then on. */
export async function findIdentity(file: string): Promise<string | undefined> {
  const identity = /^AGE-SECRET-KEY-\S+$/m.exec((await readIfExists(file)) ?? '')?.[0]
  if (identity !== undefined) registerSecret(identity)
  return identity
}
