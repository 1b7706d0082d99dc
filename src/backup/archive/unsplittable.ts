/**
 * Why an archive cannot be split by schema. `unknown`: it holds what this bookctl does not know; as a whole it may
 * be good all the same. `damaged`: it is not what pg_dump writes, so nobody should keep it.
 */
export class ArchiveUnsplittable extends Error {
  override readonly name = 'ArchiveUnsplittable'
  readonly kind: 'unknown' | 'damaged'

  constructor(kind: 'unknown' | 'damaged', reason: string) {
    super(reason)
    this.kind = kind
  }
}

export const damaged = (reason: string) =>
  new ArchiveUnsplittable('damaged', `the archive is damaged: ${reason}`)
export const unknown = (reason: string) => new ArchiveUnsplittable('unknown', reason)
