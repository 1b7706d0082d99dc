/** What Excel with Russian settings opens by a double click: UTF-8 with a mark, semicolons, CRLF. */
const BYTE_ORDER_MARK = '\uFEFF'
const SEPARATOR = ';'
const LINE_END = '\r\n'

/** A program that opens the file would run such a cell; with an apostrophe it is a text. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

/** One cell: quoted where it must be, never a formula. */
function cell(value: string): string {
  const safe = FORMULA.test(value) ? `'${value}` : value
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function csvLine(cells: readonly string[]): string {
  return cells.map(cell).join(SEPARATOR) + LINE_END
}

/** Gathers lines into files of at most so many bytes, each with the heading. */
export function csvFiles(heading: readonly string[], bytesMax: number) {
  const head = BYTE_ORDER_MARK + csvLine(heading)
  const files: string[][] = []
  let bytes = 0
  return {
    add(cells: readonly string[]): void {
      const line = csvLine(cells)
      const length = Buffer.byteLength(line)
      if (files.length === 0 || bytes + length > bytesMax) {
        files.push([head])
        bytes = Buffer.byteLength(head)
      }
      files.at(-1)?.push(line)
      bytes += length
    },
    /** A file of the heading alone where there are no lines. */
    done: (): Uint8Array[] =>
      (files.length === 0 ? [[head]] : files).map((lines) => Buffer.from(lines.join(''))),
  }
}

/** `25.11.2026` of `2026-11-25`. */
export function csvDate(date: string): string {
  return date.split('-').toReversed().join('.')
}

/** `2500,50`: a number to a program that reads Russian. */
export function csvMoney(minor: number | null): string {
  return minor === null ? '' : (minor / 100).toFixed(2).replace('.', ',')
}

/** A Russian number in groups, so that no program takes it for an amount; any other as it is. */
export function csvPhone(phone: string | null): string {
  return (phone ?? '').replace(/^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/, '8 $1 $2-$3-$4')
}
