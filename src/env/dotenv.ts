/** Pure reading and editing of `.env`: what is not named in a change keeps every byte. */

interface Line {
  /** With its line end. */
  raw: string
  name: string | undefined
  value: string | undefined
}

const ENTRY = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=(.*)$/s

// A quoted value may go on over several lines; a quote that never closes is taken to end with its line.
const LINE =
  /[^\S\n]*(?:export[^\S\n]+)?[A-Za-z_]\w*[^\S\n]*=[^\S\n]*(?:'[^']*'|"(?:[^"\\]|\\[^])*")[^\S\n]*(?:#[^\n]*)?(?:\n|$)|[^\n]*\n|[^\n]+$/g

function readLines(text: string): Line[] {
  const raws = text.match(LINE) ?? []
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
    const inner = /^"((?:[^"\\]|\\[^])*)"/.exec(text)?.[1] ?? text.slice(1)
    return inner.replace(/\\([^])/g, (_, char: string) => (char === 'n' ? '\n' : char))
  }
  return text.replace(/(^|\s+)#.*$/s, '')
}

/** Name → value; of a name that stands twice the last one counts, as in a shell. */
export function parse(text: string): Map<string, string> {
  return new Map(
    readLines(text).flatMap((line): [string, string][] =>
      line.name === undefined ? [] : [[line.name, line.value ?? '']],
    ),
  )
}

/** A value as it is written: bare where every reader understands it so, else quoted. */
export function renderValue(value: string): string {
  if (/[\r\n\0]/.test(value)) throw new RangeError('a value of .env cannot span lines')
  if (/^[A-Za-z0-9_./:@,+=-]*$/.test(value)) return value
  if (!value.includes("'")) return `'${value}'`
  return `"${value.replace(/["\\$]/g, '\\$&')}"`
}

/**
 * Sets entries. One that is there is changed in its own line (the last one, where it stands twice), and only when its
 * value differs; new ones go to the end, under `heading` as a comment, or to their heading where it stands already.
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
  if (added.length > 0 && options.heading) {
    const under = endOfHeading(lines, options.heading)
    if (under !== undefined) {
      const last = lines[under]
      if (last && !last.raw.endsWith('\n')) last.raw += eol
      lines.splice(under + 1, 0, ...added.splice(0).map((line) => asLine(`${line}${eol}`)))
    }
  }
  const kept = lines.map((line) => line.raw).join('')
  if (added.length === 0) return kept
  const separator = kept === '' || kept.endsWith('\n') ? '' : eol
  const heading = options.heading ? [`# ${options.heading}`] : []
  return `${kept}${separator}${[...heading, ...added].join(eol)}${eol}`
}

/** Index of the last entry right under a heading; undefined where the heading does not stand, or nothing is under it. */
function endOfHeading(lines: readonly Line[], heading: string): number | undefined {
  let at = lines.findLastIndex((line) => isHeading(line, heading))
  if (at === -1 || lines[at + 1]?.name === undefined) return undefined
  while (lines[at + 1]?.name !== undefined) at += 1
  return at
}

const isHeading = (line: Line, heading: string) => line.raw.trim() === `# ${heading}`
const asLine = (raw: string): Line => ({ raw, name: undefined, value: undefined })

/** Takes entries out with their lines, and the heading right above them when nothing is left under it. */
export function removeEntries(
  text: string,
  names: readonly string[],
  options: { heading?: string } = {},
): string {
  const doomed = new Set(names)
  const lines = readLines(text)
  const goes = (line: Line | undefined) => line?.name !== undefined && doomed.has(line.name)
  const { heading } = options
  const kept = lines.filter((line, index) => {
    if (!heading || !isHeading(line, heading) || !goes(lines[index + 1])) return !goes(line)
    const next = lines.slice(index + 1).find((below) => !goes(below))
    return next?.name !== undefined
  })
  return kept.map((line) => line.raw).join('')
}
