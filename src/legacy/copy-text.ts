/** A table whose rows follow: `COPY client_001.bookings (id, "time") FROM stdin;`. Schema is '' where none is named. */
export interface CopyHead {
  schema: string
  table: string
  columns: string[]
}

const NAME = String.raw`(?:"(?:[^"]|"")+"|[\w$]+)`
const HEAD = new RegExp(
  String.raw`^COPY (?:(${NAME})\.)?(${NAME}) \((${NAME}(?:, ${NAME})*)\) FROM stdin;$`,
  'iu',
)

export function readCopyHead(line: string): CopyHead | undefined {
  const [, schema, table, columns] = HEAD.exec(line) ?? []
  if (table === undefined || columns === undefined) return undefined
  return {
    schema: schema === undefined ? '' : unquoted(schema),
    table: unquoted(table),
    columns: (columns.match(new RegExp(NAME, 'gu')) ?? []).map(unquoted),
  }
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** The values of one line of COPY's text format. */
export function readCopyLine(line: string): (string | null)[] {
  return line
    .split('\t')
    .map((value) =>
      value === String.raw`\N`
        ? null
        : value.replaceAll(/\\(.)/gsu, (_, char: string) => ESCAPES[char] ?? char),
    )
}

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name
}
