const AMOUNT = /^(\d{1,3}(?: \d{3})+|\d{1,8})(?:[.,](\d{1,2}))? ?(?:₽|rub|руб\.?|рублей|рубля|рубль|р\.?)?$/i
/** Written where there is no price. */
const NONE = /^[-–—]$/

export type Price = { minor: number | null } | { text: string }

/** What a price of the predecessor (free text) comes to in kopecks; text that names no one amount in rubles stays text. */
export function readPrice(text: string | null): Price {
  if (text === null || NONE.test(text)) return { minor: null }
  // Thin and no-break spaces stand between thousands.
  const [, whole, fraction = ''] = AMOUNT.exec(text.replaceAll(/\s+/g, ' ').trim()) ?? []
  if (whole === undefined) return { text }
  return { minor: Number(whole.replaceAll(' ', '')) * 100 + Number(fraction.padEnd(2, '0')) }
}
