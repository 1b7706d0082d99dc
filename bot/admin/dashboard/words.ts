import { formatMoney } from '../../domain/money.ts'
import type { Texts } from '../../i18n/texts.ts'
import type { Sum } from '../../storage/statistics.ts'

/** `Записи: 12 (было 10, +20 %)`; without a percentage where there is none, alone where there is nothing to compare with. */
export function figureLine(
  texts: Texts,
  name: string,
  figure: { value: string; before: string | undefined; percent?: number | undefined },
): string {
  const { value, before, percent } = figure
  const line = `${name}: <b>${value}</b>`
  if (before === undefined) return line
  if (percent === undefined || percent === 0)
    return `${line} ${texts.html('dashboard-was', { value: before })}`
  const sign = percent > 0 ? '+' : '−'
  return `${line} ${texts.html('dashboard-was-change', { value: before, change: `${sign}${Math.abs(percent)} %` })}`
}

/** `24 000 ₽`; several currencies one after the other. */
export function sumsWords(texts: Texts, sums: readonly Sum[]): string {
  return sums.map(({ minor, currency }) => formatMoney(minor, currency, texts.language)).join(' + ') || '0'
}

/** `4,8` */
export function meanWords(texts: Texts, mean: number): string {
  return mean.toFixed(1).replace('.', texts.language === 'ru' ? ',' : '.')
}
