import { type Document, isMap, isScalar, LineCounter, parseDocument, type Scalar, stringify } from 'yaml'
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
 * @throws BookctlError (exit 10) when the text is written in a way that cannot be changed so.
 */
export function setYamlScalar(text: string, path: readonly [string, ...string[]], value: unknown): string {
  const document = parseDocument(text)
  const node = document.getIn(path, true)
  if (isScalar(node) && node.value === value) return text
  const changed =
    isScalar(node) && node.range
      ? replaceScalar(text, node, afterKey(document, path), value)
      : addKey(text, path, value)
  const reread = parseDocument(changed)
  if (reread.errors.length > 0 || reread.getIn(path) !== value)
    throw new BookctlError('file-not-editable', 'configuration', `${path.join('.')} could not be changed`, {
      hint: `Write it by hand: ${path.at(-1)}: ${render(value)}`,
    })
  return changed
}

// Only the line's end: a value may itself end in a space that is none of ASCII's.
const render = (value: unknown) => stringify(value, { lineWidth: 0 }).replace(/\n$/, '')
const eolOf = (text: string) => (text.includes('\r\n') ? '\r\n' : '\n')

/** Where the value of a key may begin: right after its colon. */
function afterKey(document: Document, path: readonly string[]): number {
  const map = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  const pair = isMap(map)
    ? map.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))
    : undefined
  const end = pair && isScalar(pair.key) ? pair.key.range?.[1] : undefined
  return (end ?? 0) + 1
}

function replaceScalar(text: string, node: Scalar, colon: number, value: unknown): string {
  const [start = 0, end = 0] = node.range ?? []
  // `key:` with nothing behind it, or a remark only: that range says nothing.
  if (start === end) return `${text.slice(0, colon)} ${render(value)}${text.slice(colon)}`
  // A block scalar (`|`, `>`) reaches over the end of its last line.
  const block = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED'
  return `${text.slice(0, start)}${render(value)}${block ? eolOf(text) : ''}${text.slice(end)}`
}

function addKey(text: string, path: readonly [string, ...string[]], value: unknown): string {
  const document = parseDocument(text)
  const eol = eolOf(text)
  const entry = `${path.at(-1)}: ${render(value)}`
  const parentPath = path.slice(0, -1)
  const parent = parentPath.length === 0 ? document.contents : document.getIn(parentPath, true)
  if (isMap(parent) && parent.flow && parent.range) {
    const inside = parent.range[0] + 1
    return `${text.slice(0, inside)} ${entry}${parent.items.length > 0 ? ',' : ' '}${text.slice(inside)}`
  }
  const first = isMap(parent) ? parent.items[0] : undefined
  if (first && isScalar(first.key) && first.key.range) {
    const at = first.key.range[0]
    const lineStart = text.lastIndexOf('\n', at - 1) + 1
    return `${text.slice(0, at)}${entry}${eol}${text.slice(lineStart, at)}${text.slice(at)}`
  }
  if (isScalar(parent) && parent.range && parent.range[0] === parent.range[1] && parentPath.length > 0) {
    const colon = afterKey(document, parentPath)
    const lineEnd = text.slice(colon).search(/\r?\n|$/) + colon
    return `${text.slice(0, lineEnd)}${eol}${'  '.repeat(parentPath.length)}${entry}${text.slice(lineEnd)}`
  }
  const separator = text === '' || text.endsWith('\n') ? '' : eol
  const lines = path.map(
    (key, depth) => `${'  '.repeat(depth)}${depth === path.length - 1 ? entry : `${key}:`}`,
  )
  return `${text}${separator}${lines.join(eol)}${eol}`
}
