import { type CopyHead, readCopyHead, readCopyLine } from './copy-text.ts'
import { type LegacyData, LegacyFileError, type LegacyRow } from './data.ts'
import { isRecognised } from './recognised.ts'

interface Table {
  name: string
  columns: string[]
  count: number
  rows: LegacyRow[]
}

const AGAIN = 'Make it again, with -T behind exec: docker-compose exec -T postgres pg_dump …'

/**
 * Reads what `pg_dump` writes as plain SQL, by schema. Nothing of the text is executed: only the rows between
 * `COPY … FROM stdin;` and `\.` are looked at, so a foreign file can do no harm. With `only` other schemas are passed over.
 * @throws LegacyFileError when the text is cut off, or has its rows in another form.
 */
export async function readPlainDump(
  chunks: AsyncIterable<Uint8Array>,
  only?: string,
): Promise<Map<string, LegacyData>> {
  const schemas = new Map<string, Table[]>()
  let copy: { head: CopyHead; table: Table | undefined } | undefined
  let isComplete = false
  let inserts = false
  for await (const line of linesOf(chunks)) {
    if (copy) {
      if (line === String.raw`\.`) copy = undefined
      else take(copy.head, copy.table, line)
      continue
    }
    const head = readCopyHead(line)
    if (head) copy = { head, table: tableFor(schemas, head, only) }
    else if (line.startsWith('INSERT INTO ')) inserts = true
    else if (line === '-- PostgreSQL database dump complete') isComplete = true
    else requireUtf8(line)
  }
  if (copy || !isComplete)
    throw new LegacyFileError(
      'damaged',
      copy ? `it is cut off in the rows of ${copy.head.table}` : 'it is cut off: its last line is missing',
      AGAIN,
    )
  if (inserts)
    throw new LegacyFileError(
      'file',
      'it has its rows as INSERT, which are not read',
      'Make it without --inserts and --column-inserts.',
    )
  return new Map([...schemas].map(([schema, tables]) => [schema, { tables }]))
}

function tableFor(
  schemas: Map<string, Table[]>,
  head: CopyHead,
  only: string | undefined,
): Table | undefined {
  if (only !== undefined && head.schema !== only) return undefined
  const table = {
    name: head.table.toLowerCase(),
    columns: head.columns.map((column) => column.toLowerCase()),
    count: 0,
    rows: [],
  }
  schemas.set(head.schema, [...(schemas.get(head.schema) ?? []), table])
  return table
}

function take(head: CopyHead, table: Table | undefined, line: string): void {
  if (!table) return
  table.count += 1
  if (!isRecognised(table.name)) return
  const values = readCopyLine(line)
  if (values.length !== table.columns.length)
    throw new LegacyFileError('damaged', `a row of ${head.table} has ${values.length} values`, AGAIN)
  table.rows.push(Object.fromEntries(table.columns.map((column, index) => [column, values[index] ?? null])))
}

function requireUtf8(line: string): void {
  const [, encoding] = /^SET client_encoding = '([^']+)';$/.exec(line) ?? []
  if (encoding !== undefined && encoding !== 'UTF8')
    throw new LegacyFileError(
      'file',
      `its encoding is ${encoding}, not UTF8`,
      'Make it with: pg_dump --encoding=UTF8 …',
    )
}

/**
 * Lines end with \n alone: values may hold what else ends lines elsewhere. Where `exec` had a terminal (the guide's
 * command without -T), each has a \r before it; one of a value is written as `\r`.
 */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decode = (chunk?: Uint8Array) => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
    } catch {
      throw new LegacyFileError(
        'file',
        'its text is not UTF-8',
        'PowerShell changes what it redirects: use cmd or WSL.',
      )
    }
  }
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + decode(chunk)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line
  }
  const last = rest + decode()
  if (last !== '') yield last
}
