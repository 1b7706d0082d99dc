/** Minor units (kopecks) as people of that language write them; whole amounts without a fraction. */
export function formatMoney(minor: number, currency: string, language: 'ru' | 'en'): string {
  const whole = minor % 100 === 0
  return new Intl.NumberFormat(language === 'ru' ? 'ru-RU' : 'en-GB', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: whole ? 0 : 2,
    maximumFractionDigits: whole ? 0 : 2,
  }).format(minor / 100)
}

/**
 * What all lines of a visit cost. A line without a price makes the sum of the others "from": so much it costs at least.
 * Null where no line has a price, and where the prices are in different currencies.
 */
export function totalPrice(
  lines: readonly { priceMinor: number | null; priceFrom?: boolean; currency: string }[],
): { priceMinor: number | null; priceFrom: boolean } {
  const priced = lines.flatMap(({ priceMinor, currency }) =>
    priceMinor === null ? [] : [{ priceMinor, currency }],
  )
  const isOpen = priced.length < lines.length || lines.some(({ priceFrom }) => priceFrom === true)
  if (priced.length === 0 || new Set(lines.map(({ currency }) => currency)).size > 1)
    return { priceMinor: null, priceFrom: isOpen }
  return { priceMinor: priced.reduce((sum, line) => sum + line.priceMinor, 0), priceFrom: isOpen }
}
