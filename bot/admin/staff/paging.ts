import type { Button } from '../../telegram/callback-data.ts'
import { button, type InlineButton } from '../../telegram/keyboards.ts'

const ON_PAGE = 8

/** One page of a list; a page that is not there any more is the last one. `arrows` is empty where all fits on one. */
export function pageOf<T>(
  list: readonly T[],
  wanted: number,
  target: (page: number) => Button,
): { shown: readonly T[]; arrows: InlineButton[] } {
  const last = Math.max(0, Math.ceil(list.length / ON_PAGE) - 1)
  const page = Math.min(wanted, last)
  return {
    shown: list.slice(page * ON_PAGE, (page + 1) * ON_PAGE),
    arrows: [
      ...(page > 0 ? [button('‹', target(page - 1))] : []),
      ...(page < last ? [button('›', target(page + 1))] : []),
    ],
  }
}
