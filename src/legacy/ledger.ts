import type { LegacyData, LegacyRow, LegacyTable } from './data.ts'
import { type FieldOf, isRecognised, type LegacyTableName, NO_PLACE, RECOGNISED } from './recognised.ts'

/** Rows, or values of a column, that an import leaves out. Examples are numbers and names of the business, never customers. */
export interface LeftOut {
  table: string
  rows: number
  why: string
  examples: string[]
}

/** What became of the rows of one table of the predecessor. */
export interface TableAccount {
  table: string
  found: number
  taken: number
  leftOut: number
}

const EXAMPLES = 20

/** The value of a field of a row, without blanks around it; null where there is none. */
export type Fields<T extends LegacyTableName> = (field: FieldOf<T>) => string | null

/**
 * Keeps account of every row: each one that was found is either taken or left out with a reason, and `close` proves it.
 */
export function openLedger({ tables }: LegacyData) {
  const left = new Map<string, LeftOut>()
  const taken = new Map<string, number>()
  const leftRows = new Map<string, number>()
  const note = (table: string, rows: number, why: string, example?: string) => {
    const key = `${table}\n${why}`
    const entry = left.get(key) ?? { table, rows: 0, why, examples: [] }
    entry.rows += rows
    if (example !== undefined && entry.examples.length < EXAMPLES) entry.examples.push(example)
    left.set(key, entry)
  }
  const find = (name: string) => tables.find((table) => table.name === name)
  const leave = (table: LegacyTableName, why: string, example?: string) => {
    leftRows.set(table, (leftRows.get(table) ?? 0) + 1)
    note(table, 1, why, example)
  }
  return {
    leave,
    /**
     * Hands each row of a table to `take`, which answers whether it took the row; one that it did not take, it has left
     * out itself. Columns with data that no field stands for are left out by name.
     */
    each<T extends LegacyTableName>(name: T, take: (fields: Fields<T>) => boolean): void {
      const table = find(name)
      if (!table) return
      const columns = columnsOf(name, table)
      for (const [column, why] of unusedColumns(name, table, new Set(Object.values(columns)))) {
        const rows = table.rows.filter((row) => valueOf(row, column) !== null).length
        if (rows > 0) note(`${name}.${column}`, rows, why)
      }
      for (const row of table.rows) {
        const took = take((field) => {
          const column = columns[field]
          return column === undefined ? null : valueOf(row, column)
        })
        if (took) taken.set(name, (taken.get(name) ?? 0) + 1)
      }
    },
    /** The account. @throws Error when a row is neither taken nor left out: a fault of the planner. */
    close(): { tables: TableAccount[]; leftOut: LeftOut[] } {
      for (const { name, count } of tables)
        if (!isRecognised(name) && count > 0) note(name, count, NO_PLACE[name] ?? 'this table is not known')
      const accounts = tables.map(({ name, count }) => {
        const known = isRecognised(name)
        const account = {
          table: name,
          found: count,
          taken: taken.get(name) ?? 0,
          leftOut: known ? (leftRows.get(name) ?? 0) : count,
        }
        if (account.found !== account.taken + account.leftOut)
          throw new Error(`${name}: ${JSON.stringify(account)} does not add up`)
        return account
      })
      return { tables: accounts, leftOut: [...left.values()] }
    },
  }
}

export type Ledger = ReturnType<typeof openLedger>

/** What must be there for an import to mean anything; in words for the operator. Empty: it is the predecessor's. */
export function missingParts({ tables }: LegacyData): string[] {
  const names = tables.map(({ name }) => name)
  const absent = (['users', 'bookings'] as const).filter((name) => !names.includes(name))
  const columns = tables.flatMap((table) => {
    if (!isRecognised(table.name)) return []
    const found = columnsOf(table.name, table)
    const form = RECOGNISED[table.name]
    return form.required
      .filter((field) => found[field] === undefined)
      .map(
        (field) => `column ${table.name}.${(form.fields as Record<string, readonly string[]>)[field]?.[0]}`,
      )
  })
  return [...absent.map((name) => `table ${name}`), ...columns]
}

function columnsOf(name: LegacyTableName, table: LegacyTable): Partial<Record<string, string>> {
  const fields = Object.entries<readonly string[]>(RECOGNISED[name].fields)
  return Object.fromEntries(
    fields.flatMap(([field, spellings]) => {
      const column = spellings.find((spelling) => table.columns.includes(spelling))
      return column === undefined ? [] : [[field, column]]
    }),
  )
}

function unusedColumns(
  name: LegacyTableName,
  table: LegacyTable,
  used: ReadonlySet<string | undefined>,
): [column: string, why: string][] {
  const reasons: Readonly<Record<string, string>> = RECOGNISED[name].noPlace
  return table.columns
    .filter((column) => !used.has(column))
    .map((column) => [column, reasons[column] ?? 'this column is not known'])
}

function valueOf(row: LegacyRow, column: string): string | null {
  const value = row[column]?.trim()
  return value === undefined || value === '' ? null : value
}
