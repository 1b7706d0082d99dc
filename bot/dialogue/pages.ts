import type { Button } from '../telegram/callback-data.ts'
import { button, type InlineButton } from '../telegram/keyboards.ts'

/** So many lines with buttons fit a telephone. */
export const ON_PAGE = 8

/**
 * One page of a list, and the row that leads to its neighbours: empty where all fits on one. A page that is not there
 * any more is answered with the last one.
 */
export function pageOf<T>(
  list: readonly T[],
  { page, size = ON_PAGE, turnTo }: { page: number; size?: number; turnTo: (page: number) => Button },
): { items: T[]; page: number; arrows: InlineButton[] } {
  const pages = Math.max(1, Math.ceil(list.length / size))
  const current = Math.min(page, pages - 1)
  return {
    page: current,
    items: list.slice(current * size, (current + 1) * size),
    arrows:
      pages === 1
        ? []
        : [
            ...(current > 0 ? [button('‹', turnTo(current - 1))] : []),
            button(`${current + 1}/${pages}`, { to: 'nothing' }),
            ...(current < pages - 1 ? [button('›', turnTo(current + 1))] : []),
          ],
  }
}
