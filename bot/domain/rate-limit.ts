/** A token bucket as it stood at `at` (epoch ms). `told`: its owner has been told to slow down. */
export interface Bucket {
  tokens: number
  at: number
  told: boolean
}

/** One token is earned back in `perTokenMs`; at most `burst` are kept. */
export interface BucketRules {
  perTokenMs: number
  burst: number
}

/**
 * Takes one token. `firstRefusal` is true once per flood: it is the moment to say something; the flood is over when
 * the bucket is full again.
 */
export function takeToken(
  bucket: Bucket | undefined,
  rules: BucketRules,
  now: number,
): { bucket: Bucket; allowed: boolean; firstRefusal: boolean } {
  const earned = bucket ? Math.max(0, now - bucket.at) / rules.perTokenMs : rules.burst
  const tokens = Math.min(rules.burst, (bucket?.tokens ?? 0) + earned)
  const told = tokens >= rules.burst ? false : (bucket?.told ?? false)
  if (tokens >= 1)
    return { bucket: { tokens: tokens - 1, at: now, told }, allowed: true, firstRefusal: false }
  return { bucket: { tokens, at: now, told: true }, allowed: false, firstRefusal: !told }
}
