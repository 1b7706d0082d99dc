/** A row of a table of the predecessor: every value as text, as its database writes it. */
export type LegacyRow = Readonly<Record<string, string | null>>

/** A table of the predecessor, whatever it was read from. Names are in lower case. */
export interface LegacyTable {
  readonly name: string
  readonly columns: readonly string[]
  /** How many rows it has. */
  readonly count: number
  /** All of them; none of a table that an import has no place for. */
  readonly rows: readonly LegacyRow[]
}

/** What a client had with the predecessor. */
export interface LegacyData {
  readonly tables: readonly LegacyTable[]
}

/** What a reader cannot make sense of. `file`: it is no such file; `damaged`: it is one, and not whole. */
export class LegacyFileError extends Error {
  readonly kind: 'file' | 'damaged'
  /** What the operator can do about it. */
  readonly hint: string

  constructor(kind: 'file' | 'damaged', message: string, hint: string) {
    super(message)
    this.kind = kind
    this.hint = hint
  }
}
