/** Part of a text with a look of its own, as Telegram describes it: offsets count UTF-16 units. */
export interface TextEntity {
  type: string
  offset: number
  length: number
  url?: string | undefined
}

const TAGS: Readonly<Record<string, string>> = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  spoiler: 'tg-spoiler',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  expandable_blockquote: 'blockquote',
}

/** The tags that entities become, links aside. */
export const ENTITY_TAGS: readonly string[] = Object.values(TAGS)

/**
 * A text as somebody wrote it in Telegram, as Telegram's HTML. What a bot may not send (custom emoji) or Telegram finds
 * by itself (addresses, @names) is left as text. Entities that overlap without nesting are cut into pieces that nest.
 */
export function entitiesToHtml(text: string, entities: readonly TextEntity[] = []): string {
  const kept = entities
    .flatMap((entity) => {
      const tags = tagsOf(entity)
      const end = Math.min(entity.offset + entity.length, text.length)
      return tags && entity.offset < end ? [{ start: entity.offset, end, ...tags }] : []
    })
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
  const borders = [...new Set([0, text.length, ...kept.flatMap(({ start, end }) => [start, end])])]
  borders.sort((a, b) => a - b)
  let html = ''
  let open: typeof kept = []
  for (const [index, at] of borders.entries()) {
    const wanted = kept.filter(({ start, end }) => start <= at && at < end)
    const same = open.findIndex((one, position) => one !== wanted[position])
    const keep = same === -1 ? open.length : same
    for (const one of open.slice(keep).toReversed()) html += one.closing
    for (const one of wanted.slice(keep)) html += one.opening
    open = wanted
    html += escape(text.slice(at, borders[index + 1] ?? at))
  }
  return html
}

function tagsOf({ type, url }: TextEntity): { opening: string; closing: string } | undefined {
  if (type === 'text_link' && url !== undefined)
    return { opening: `<a href="${escape(url).replaceAll('"', '&quot;')}">`, closing: '</a>' }
  const tag = TAGS[type]
  return tag === undefined ? undefined : { opening: `<${tag}>`, closing: `</${tag}>` }
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
