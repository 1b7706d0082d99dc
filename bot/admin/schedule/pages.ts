import type { Button } from '../../telegram/callback-data.ts'
import { button, type InlineButton } from '../../telegram/keyboards.ts'

const ON_PAGE = 8

export interface Paged<T> {
  items: T[]
  page: number
  pages: number
}

/** One page of a list; a page that is not there any more is the last one. */
export function pageOf<T>(list: readonly T[], page: number): Paged<T> {
  const pages = Math.max(1, Math.ceil(list.length / ON_PAGE))
  const current = Math.min(page, pages - 1)
  return { items: list.slice(current * ON_PAGE, (current + 1) * ON_PAGE), page: current, pages }
}

/** Arrows to the pages around, where there are any. */
export function pageRow({ page, pages }: Paged<unknown>, to: (page: number) => Button): InlineButton[] {
  if (pages === 1) return []
  return [
    ...(page > 0 ? [button('‹', to(page - 1))] : []),
    button(`${page + 1}/${pages}`, { to: 'nothing' }),
    ...(page < pages - 1 ? [button('›', to(page + 1))] : []),
  ]
}
