import { type Document, isMap, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml'
import { BookctlError } from '../../errors.ts'

/** Lists that are one value: a person's replaces ours. All other lists are joined. */
const WHOLE = new Set(['command', 'entrypoint', 'test'])
/** Maps that a person may also write as a list of `NAME=value`. */
const PAIRS = new Set(['environment', 'labels'])
/** Short words for what Compose keeps deep down. */
const LIMITS: Record<string, string> = {
  memory: 'memory',
  mem_limit: 'memory',
  cpus: 'cpus',
  pids_limit: 'pids',
}

/**
 * Merges `x-bookctl.compose` of a client over its generated service: maps key by key, lists joined, everything else
 * replaced; null takes a key out. Comments of the generated text stay.
 * @throws BookctlError (exit 10) for a mount of Docker's socket: whoever has it, has every client.
 */
export function mergeService(
  text: string,
  service: string,
  over: Record<string, unknown>,
  file: string,
): string {
  if (JSON.stringify(over['volumes'] ?? null).includes('docker.sock'))
    throw new BookctlError('docker-socket', 'configuration', `${file} mounts Docker's socket into a bot`, {
      hint: 'Take it out of x-bookctl.compose: a bot with it could read the data of every client.',
    })
  const document = parseDocument(text)
  const ours = document.getIn(['services', service])
  if (!isMap(ours)) throw new Error(`the template has no service ${service}`)
  for (const [key, value] of Object.entries(over)) {
    const limit = LIMITS[key]
    if (limit !== undefined)
      document.setIn(['services', service, 'deploy', 'resources', 'limits', limit], String(value))
    else mergeKey(document, ours, key, value)
  }
  return document.toString({ lineWidth: 0 })
}

function mergeKey(document: Document, into: YAMLMap, key: string, value: unknown): void {
  const before = into.get(key)
  const wanted = PAIRS.has(key) ? pairs(value) : value
  if (wanted === null) into.delete(key)
  else if (isMap(before) && isPlainObject(wanted))
    for (const [name, inner] of Object.entries(wanted)) mergeKey(document, before, name, inner)
  else if (isSeq(before) && Array.isArray(wanted) && !WHOLE.has(key)) append(document, before, wanted)
  else into.set(key, document.createNode(wanted))
}

function append(document: Document, list: YAMLSeq, more: readonly unknown[]): void {
  const there = new Set((list.toJS(document) as unknown[]).map((one) => JSON.stringify(one)))
  for (const one of more) if (!there.has(JSON.stringify(one))) list.add(document.createNode(one))
}

/** `[A=1, B]` as `{A: '1', B: null}`, which takes a variable from `.env` by Compose's own rule. */
function pairs(value: unknown): unknown {
  if (!Array.isArray(value)) return value
  return Object.fromEntries(
    value.map((entry) => {
      const [name = '', ...rest] = String(entry).split('=')
      return [name, rest.length > 0 ? rest.join('=') : `\${${name}}`]
    }),
  )
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
