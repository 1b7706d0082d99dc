/** Pure reading and editing of `.env`: what is not named in a change keeps every byte. */

interface Line {
  /** With its line end. */
  raw: string
  name: string | undefined
  value: string | undefined
}

const ENTRY = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=(.*)$/s

function readLines(text: string): Line[] {
  const raws = text.match(/[^\n]*\n|[^\n]+$/g) ?? []
  return raws.map((raw) => {
    const body = raw.replace(/\r?\n$/, '')
    const [, name, rest] = ENTRY.exec(body) ?? []
    return { raw, name, value: name === undefined ? undefined : readValue(rest ?? '') }
  })
}

/** As Docker Compose reads it: single quotes are literal, double quotes know `\"`, `\\`, `\n`; a bare value ends at ` #`. */
function readValue(rest: string): string {
  const text = rest.trim()
  if (text.startsWith("'")) return /^'([^']*)'/.exec(text)?.[1] ?? text.slice(1)
  if (text.startsWith('"')) {
    const inner = /^"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? text.slice(1)
    return inner.replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char))
  }
  return text.replace(/(^|\s+)#.*$/s, '')
}

/** Name → value; of a name that stands twice the last one counts, as in a shell. */
export function parse(text: string): Map<string, string> {
  return new Map(
    readLines(text.replace(/^\uFEFF/, '')).flatMap((line): [string, string][] =>
      line.name === undefined ? [] : [[line.name, line.value ?? '']],
    ),
  )
}

/** A value as it is written: bare where every reader understands it so, else quoted. */
export function renderValue(value: string): string {
  if (/[\r\n\0]/.test(value)) throw new RangeError('a value of .env cannot span lines')
  if (/^[A-Za-z0-9_./:@,+=-]*$/.test(value)) return value
  if (!value.includes("'")) return `'${value}'`
  return `"${value.replace(/["\\]/g, '\\$&')}"`
}

/**
 * Sets entries. One that is there is changed in its own line (the last one, where it stands twice), and only when its
 * value differs; new ones go to the end, under `heading` as a comment.
 */
export function setEntries(
  text: string,
  entries: Readonly<Record<string, string>>,
  options: { heading?: string } = {},
): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const lines = readLines(text)
  const added: string[] = []
  for (const [name, value] of Object.entries(entries)) {
    const line = lines.findLast((candidate) => candidate.name === name)
    if (!line) added.push(`${name}=${renderValue(value)}`)
    else if (line.value !== value) {
      const end = /\r?\n$/.exec(line.raw)?.[0] ?? ''
      const start = /^\s*(?:export\s+)?[A-Za-z_][A-Za-z0-9_]*\s*=/.exec(line.raw)?.[0] ?? `${name}=`
      line.raw = `${start}${renderValue(value)}${end}`
    }
  }
  const kept = lines.map((line) => line.raw).join('')
  if (added.length === 0) return kept
  const separator = kept === '' || kept.endsWith('\n') ? '' : eol
  const heading = options.heading ? [`# ${options.heading}`] : []
  return `${kept}${separator}${[...heading, ...added].join(eol)}${eol}`
}

/**
 * Takes entries out with their lines. A heading that `setEntries` wrote is taken out too, when nothing is left under it.
 */
export function removeEntries(
  text: string,
  names: readonly string[],
  options: { heading?: string } = {},
): string {
  const doomed = new Set(names)
  const lines = readLines(text).filter((line) => line.name === undefined || !doomed.has(line.name))
  const heading = options.heading
  const kept = lines.filter((line, index) => {
    if (!heading || line.raw.trim() !== `# ${heading}`) return true
    return lines[index + 1]?.name !== undefined
  })
  return kept.map((line) => line.raw).join('')
}
