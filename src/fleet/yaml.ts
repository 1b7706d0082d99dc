import { isMap, isScalar, LineCounter, parseDocument, stringify } from 'yaml'
import type { z } from 'zod'
import { BookctlError } from '../errors.ts'

/**
 * Reads a YAML text as a typed value. `root` is the key under which the value stands, as `x-bookctl`.
 * @throws BookctlError (exit 10) that lists every mistake with its path.
 */
export function parseYaml<S extends z.ZodType>(
  text: string,
  schema: S,
  where: { file: string; root: readonly string[] },
): z.output<S> {
  const lines = new LineCounter()
  const document = parseDocument(text, { uniqueKeys: true, lineCounter: lines })
  const broken = document.errors.map((error) => {
    const at = lines.linePos(error.pos[0])
    return `line ${at.line}: ${error.message.split('\n')[0]}`
  })
  if (broken.length > 0) throw invalid(where.file, broken)
  const value: unknown = where.root.length === 0 ? document.toJS() : document.getIn(where.root)
  const plain: unknown = isMap(value) ? value.toJS(document) : value
  const parsed = schema.safeParse(plain)
  if (parsed.success) return parsed.data
  throw invalid(
    where.file,
    parsed.error.issues.map((issue) => {
      const path = [...where.root, ...issue.path].map(String).join('.')
      return path ? `${path}: ${issue.message}` : issue.message
    }),
  )
}

function invalid(file: string, problems: readonly string[]): BookctlError {
  return new BookctlError(
    'file-invalid',
    'configuration',
    [`${file} has mistakes:`, ...problems.map((problem) => `  ${problem}`)].join('\n'),
    { hint: `Correct ${file} and run the command again.`, details: { problems } },
  )
}

/**
 * Sets one scalar in place: every byte outside the value stays as it is. A key that is missing is added to its map, or
 * with its map at the end.
 */
export function setYamlScalar(text: string, path: readonly [string, ...string[]], value: unknown): string {
  const document = parseDocument(text)
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const rendered = stringify(value, { lineWidth: 0 }).trimEnd()
  const node = document.getIn(path, true)
  if (isScalar(node) && node.range) {
    if (node.value === value) return text
    const [start, end] = node.range
    // `key:` with nothing behind it: the empty value sits right after the colon.
    const gap = start === end && text[start - 1] === ':' ? ' ' : ''
    return `${text.slice(0, start)}${gap}${rendered}${text.slice(end)}`
  }
  const parentPath = path.slice(0, -1)
  const parent = parentPath.length === 0 ? document.contents : document.getIn(parentPath, true)
  const first = isMap(parent) ? parent.items[0] : undefined
  if (isMap(parent) && !parent.flow && first && isScalar(first.key) && first.key.range) {
    const at = first.key.range[0]
    const lineStart = text.lastIndexOf('\n', at - 1) + 1
    return `${text.slice(0, at)}${path.at(-1)}: ${rendered}${eol}${text.slice(lineStart, at)}${text.slice(at)}`
  }
  const separator = text === '' || text.endsWith('\n') ? '' : eol
  const lines = path.map(
    (key, depth) => `${'  '.repeat(depth)}${key}:${depth === path.length - 1 ? ` ${rendered}` : ''}`,
  )
  return `${text}${separator}${lines.join(eol)}${eol}`
}
