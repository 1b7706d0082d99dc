/** A positive whole number (of a row, or of a person in Telegram); undefined for anything else. */
export function readId(text: string | null): number | undefined {
  const number = readWhole(text)
  return number !== undefined && number > 0 ? number : undefined
}

/** A whole number, also as SQLite writes it in a column for fractions (`60.0`). */
export function readWhole(text: string | null): number | undefined {
  if (text === null || !/^-?\d{1,16}(?:\.0+)?$/.test(text)) return undefined
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : undefined
}

/** Yes or no as PostgreSQL and SQLite write it; undefined for anything else. */
export function readFlag(text: string | null): boolean | undefined {
  if (text === null) return undefined
  if (/^(?:t|true|1)$/i.test(text)) return true
  return /^(?:f|false|0)$/i.test(text) ? false : undefined
}

/** A name that Telegram could have given (the old bot also kept first names in its place); undefined for others. */
export function readUsername(text: string | null): string | undefined {
  return /^@?([a-z]\w{3,31})$/i.exec(text ?? '')?.[1]
}

/** The first characters of a text, as PostgreSQL counts them. */
export function shorten(text: string, characters: number): string {
  return [...text].slice(0, characters).join('')
}

export function iso(instant: number): string {
  return new Date(instant).toISOString()
}

/** [start, end) as a tstzrange. */
export function range(start: number, end: number): string {
  return `["${iso(start)}","${iso(end)}")`
}
