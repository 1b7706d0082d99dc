import { badRequest, type Entity } from './types.ts'

const TAG_ENTITIES: Record<string, string> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  code: 'code',
  pre: 'pre',
  a: 'text_link',
  span: 'spoiler',
  'tg-spoiler': 'spoiler',
  blockquote: 'blockquote',
  'tg-emoji': 'custom_emoji',
}
const ENTITY = /^&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]+));?/
const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }

/**
 * Telegram's parse_mode HTML: plain text and entities, or the 400 that Telegram would answer.
 * Offsets and lengths count UTF-16 units of the text; offsets in errors count bytes of the source, as Telegram's do.
 */
export function parseHtml(source: string): { text: string; entities: Entity[] } {
  const fail = (what: string, at: number, more = '') =>
    badRequest(
      `can't parse entities: ${what} at byte offset ${Buffer.byteLength(source.slice(0, at))}${more}`,
    )
  const entities: Entity[] = []
  const open: { tag: string; at: number; offset: number; url?: string }[] = []
  let text = ''
  let at = 0
  while (at < source.length) {
    const char = source[at] as string
    if (char === '&') {
      const entity = ENTITY.exec(source.slice(at))
      const decoded = entity && decodeEntity(entity)
      text += decoded ?? '&'
      at += decoded === undefined || decoded === null ? 1 : (entity?.[0].length ?? 1)
      continue
    }
    if (char !== '<') {
      text += char
      at += 1
      continue
    }
    const closing = /^<\/([a-zA-Z-]*)\s*>/.exec(source.slice(at))
    if (closing) {
      const name = (closing[1] ?? '').toLowerCase()
      const last = open.pop()
      if (!last) throw fail('Unexpected end tag', at)
      if (name !== '' && name !== last.tag) {
        throw fail('Unmatched end tag', at, `, expected "</${last.tag}>", found "</${name}>"`)
      }
      if (text.length > last.offset) {
        entities.push({
          type: TAG_ENTITIES[last.tag] ?? last.tag,
          offset: last.offset,
          length: text.length - last.offset,
          ...(last.url === undefined ? {} : { url: last.url }),
        })
      }
      at += closing[0].length
      continue
    }
    const opening = /^<([a-zA-Z-]*)((?:\s+[a-zA-Z-]+(?:=(?:"[^"]*"|'[^']*'|[^\s>"']+))?)*)\s*>/.exec(
      source.slice(at),
    )
    const name = (opening?.[1] ?? /^<([a-zA-Z-]*)/.exec(source.slice(at))?.[1] ?? '').toLowerCase()
    if (!(name in TAG_ENTITIES)) throw fail(`Unsupported start tag "${name}"`, at)
    if (!opening) throw fail('Unclosed start tag', at)
    const href = /\shref=(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/.exec(opening[2] ?? '')
    const value = href?.[1] ?? href?.[2] ?? href?.[3]
    const url = value === undefined ? undefined : decodeValue(value)
    open.push({ tag: name, at, offset: text.length, ...(name === 'a' && url !== undefined ? { url } : {}) })
    at += opening[0].length
  }
  const unclosed = open.at(-1)
  if (unclosed) throw fail(`Can't find end tag corresponding to start tag "${unclosed.tag}"`, source.length)
  return { text, entities: entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length) }
}

/** Values of attributes are decoded like any other text. */
function decodeValue(value: string): string {
  return value.replaceAll(/&[^;&]*;?/g, (word) => {
    const entity = ENTITY.exec(word)
    const decoded = entity && decodeEntity(entity)
    return decoded ? decoded + word.slice(entity[0].length) : word
  })
}

function decodeEntity([, decimal, hex, name]: RegExpExecArray): string | undefined {
  if (name) return NAMED[name]
  const code = decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}
