import { ENTITY_TAGS, entitiesToHtml, type TextEntity } from './entities-html.ts'

/**
 * Texts that a business writes itself. A body is HTML of a few tags with `{placeholders}`; it is made from what people
 * type and format in Telegram, and read again with the same distrust, for it may come from a backup.
 */

export type TextProblem =
  /** HTML was typed: customers would read the tag itself. */
  | { kind: 'tag'; word: string }
  /** A brace that belongs to no placeholder. */
  | { kind: 'brace' }
  | { kind: 'unknown'; names: string[] }
  | { kind: 'missing'; names: string[] }
  | { kind: 'long'; most: number }
  | { kind: 'empty' }
  /** Not as this module writes it. */
  | { kind: 'damaged' }

/** What a text is made of. */
export interface TextRules {
  known: readonly string[]
  required: readonly string[]
  /** How long the text may become with its values, where it is only a part of a message. */
  most?: number
}

const KNOWN_TAGS = new Set([...ENTITY_TAGS, 'a'])
const TYPED_TAG = /<\/?[a-z][^<>]*>/i
const PLACEHOLDER = /\{([^{}<>]*)\}/g
const LINK = /^(?:https?|tg):\/\/[^\s"<>{}]+$/i

/** A message of Telegram has 4096 characters; something may stand above or below the text. */
const LENGTH_MAX = 3_500
/** So long a value may become, by its name; others are cut at 200. */
const VALUE_MAX: Readonly<Record<string, number>> = {
  details: 700,
  rules: 400,
  facts: 700,
  contact: 350,
  lines: 700,
  until: 10,
  hours: 6,
  days: 6,
  limit: 6,
  stars: 5,
}
const OTHER_VALUE_MAX = 200

/**
 * What somebody typed, as a body; formatting that customers can see is kept, all else is plain text. `nameOf` knows what
 * a word between braces stands for.
 */
export function writeBody(
  typed: string,
  formatting: readonly TextEntity[],
  nameOf: (word: string) => string | undefined,
): { ok: true; body: string } | { ok: false; problem: TextProblem } {
  const tag = TYPED_TAG.exec(typed)
  if (tag) return { ok: false, problem: { kind: 'tag', word: tag[0] } }
  const text = typed.trim()
  const cut = typed.indexOf(text)
  const html = entitiesToHtml(
    text,
    formatting.flatMap((entity) => withSafeLink(moved(entity, -cut))),
  )
  const unknown: string[] = []
  const body = html.replaceAll(PLACEHOLDER, (whole, word: string) => {
    const name = nameOf(word.trim().toLowerCase())
    if (name === undefined) unknown.push(whole)
    return name === undefined ? '' : `{${name}}`
  })
  if (unknown.length > 0) return { ok: false, problem: { kind: 'unknown', names: unknown } }
  if (/[{}]/.test(body.replaceAll(PLACEHOLDER, ''))) return { ok: false, problem: { kind: 'brace' } }
  return { ok: true, body }
}

function moved(entity: TextEntity, by: number): TextEntity {
  const offset = Math.max(0, entity.offset + by)
  return { ...entity, offset, length: entity.offset + entity.length + by - offset }
}

/** A link that leads nowhere good is plain text, and a value of a customer has no business in an address. */
function withSafeLink(entity: TextEntity): TextEntity[] {
  if (entity.type !== 'text_link') return [entity]
  const url = (entity.url ?? '').replaceAll('"', '%22').replaceAll('{', '%7B').replaceAll('}', '%7D')
  return LINK.test(url) ? [{ ...entity, url }] : []
}

/** Everything that keeps a body from being shown, or from being of use. */
export function judgeBody(body: string, { known, required, most = LENGTH_MAX }: TextRules): TextProblem[] {
  const pieces = readBody(body)
  if (!pieces) return [{ kind: 'damaged' }]
  const names = pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.name]))
  const unknown = [...new Set(names)].filter((name) => !known.includes(name))
  const missing = required.filter((name) => !names.includes(name))
  const room = names.reduce((left, name) => left - (VALUE_MAX[name] ?? OTHER_VALUE_MAX), most)
  const words = plainOf(pieces.map((piece) => (typeof piece === 'string' ? piece : '')).join(''))
  return [
    ...(unknown.length > 0 ? [{ kind: 'unknown' as const, names: unknown }] : []),
    ...(missing.length > 0 ? [{ kind: 'missing' as const, names: missing }] : []),
    ...(words.length > room ? [{ kind: 'long' as const, most: Math.max(room, 0) }] : []),
    // Each of its values may be empty some day, and Telegram takes no message without words.
    ...(words.trim() === '' && required.length === 0 ? [{ kind: 'empty' as const }] : []),
  ]
}

/** A body with its values, which are HTML. Undefined where one is missing or the body cannot be shown. */
export function fillBody(body: string, valueOf: (name: string) => string | undefined): string | undefined {
  const filled: string[] = []
  for (const piece of readBody(body) ?? []) {
    const text = typeof piece === 'string' ? piece : valueOf(piece.name)
    if (text === undefined) return undefined
    filled.push(text)
  }
  // An empty value leaves no hole where it had lines of its own.
  const html = filled
    .join('')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
  return plainOf(html).trim() === '' ? undefined : html
}

/** HTML without its tags: what can be typed again. */
export function plainOf(html: string): string {
  return html.replaceAll(/<[^>]*>/g, '')
}

type Piece = string | { name: string }

const TOKEN = /\{([A-Za-z]+)\}|<(\/?)([a-z-]+)(?: href="([^"]*)")?>|[{}<>]/g

/** Undefined for what this module would not write: other tags, tags that do not match, stray braces. */
function readBody(body: string): Piece[] | undefined {
  const pieces: Piece[] = []
  const open: string[] = []
  let at = 0
  for (const token of body.matchAll(TOKEN)) {
    const [whole, name, slash, tag, href] = token
    pieces.push(body.slice(at, token.index))
    at = token.index + whole.length
    if (name !== undefined) {
      pieces.push({ name })
      continue
    }
    if (tag === undefined || !KNOWN_TAGS.has(tag)) return undefined
    if (slash === '/') {
      if (open.pop() !== tag || href !== undefined) return undefined
    } else {
      if ((tag === 'a') !== (href !== undefined && LINK.test(href))) return undefined
      open.push(tag)
    }
    pieces.push(whole)
  }
  return open.length > 0 ? undefined : [...pieces, body.slice(at)].filter((piece) => piece !== '')
}
