export const TAGS_MAX = 10
export const TAG_MAX = 30

/** A tag as people type it, without blanks around and `#` before it. */
export function readTag(
  text: string,
): { ok: true; tag: string } | { ok: false; reason: 'empty' | 'too-long' } {
  const tag = text
    .replace(/^[#\s]+/, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  if (tag === '') return { ok: false, reason: 'empty' }
  return [...tag].length > TAG_MAX ? { ok: false, reason: 'too-long' } : { ok: true, tag }
}

export function sameTag(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/** A customer's tags with one more. It is written as it is `used` elsewhere, whatever its capitals. */
export function withTag(
  tags: readonly string[],
  tag: string,
  used: readonly string[] = [],
): { ok: true; tags: string[] } | { ok: false; reason: 'has-it' | 'too-many' } {
  if (tags.some((one) => sameTag(one, tag))) return { ok: false, reason: 'has-it' }
  if (tags.length >= TAGS_MAX) return { ok: false, reason: 'too-many' }
  return { ok: true, tags: [...tags, used.find((one) => sameTag(one, tag)) ?? tag] }
}
