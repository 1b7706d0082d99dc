import { stripVTControlCharacters } from 'node:util'

const GAP = 2

/** Columns that a terminal gives to a text: wide characters (CJK, emoji) take two. */
export function displayWidth(text: string): number {
  let width = 0
  for (const { segment } of new Intl.Segmenter().segment(stripVTControlCharacters(text))) {
    width +=
      /\p{Extended_Pictographic}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/u.test(
        segment,
      )
        ? 2
        : 1
  }
  return width
}

/** Cuts a text to a number of columns, with an ellipsis. */
export function cut(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(stripVTControlCharacters(text))) {
    if (displayWidth(kept + segment) > width - 1) break
    kept += segment
  }
  return `${kept}…`
}

/**
 * Aligned columns. With a width, the widest cells are cut until a row fits; without one (a pipe) nothing is cut.
 * Columns of numbers are aligned to the right.
 */
export function renderTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width?: number,
): string {
  const cell = (row: readonly string[], column: number) => row[column] ?? ''
  const widths = head.map((title, column) =>
    Math.max(displayWidth(title), ...rows.map((row) => displayWidth(cell(row, column)))),
  )
  if (width !== undefined) shrink(widths, width - GAP * (head.length - 1))
  const numeric = head.map(
    (_, column) =>
      rows.some((row) => /\d/.test(cell(row, column))) &&
      rows.every((row) => /^[\d.,]+( [kMG]?B)?$|^[–-]$/.test(cell(row, column))),
  )
  const line = (row: readonly string[]) =>
    head
      .map((_, column) => {
        const room = widths[column] ?? 0
        const text = cut(cell(row, column), room)
        const padding = ' '.repeat(Math.max(0, room - displayWidth(text)))
        return numeric[column] ? padding + text : text + padding
      })
      .join(' '.repeat(GAP))
      .trimEnd()
  return [head, ...rows].map(line).join('\n')
}

function shrink(widths: number[], room: number): void {
  const smallest = 6
  while (widths.reduce((sum, one) => sum + one, 0) > room) {
    const widest = Math.max(...widths)
    if (widest <= smallest) return
    widths[widths.lastIndexOf(widest)] = widest - 1
  }
}
