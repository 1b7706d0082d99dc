import { createHash } from 'node:crypto'
import { type Field, word } from './button-fields.ts'

/** How a category stands in a button: its name may be too long, and it has no id. */
export function categoryKey(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 10)
}

export const category: Field<string> = word(/^[0-9a-f]{10}$/, 'e3b0c44298')
