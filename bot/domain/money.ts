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

/** What all lines of a booking cost; null when one of them has no price. */
export function sumPrices(lines: readonly { priceMinor: number | null }[]): number | null {
  return lines.reduce<number | null>(
    (sum, line) => (sum === null || line.priceMinor === null ? null : sum + line.priceMinor),
    0,
  )
}
