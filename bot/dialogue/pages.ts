import type { Button } from '../telegram/callback-data.ts'
import { button, type InlineButton } from '../telegram/keyboards.ts'

/** One page of a list with the arrows to its neighbours; a page that is not there any more is answered with the last one. */
export function pageOf<T>(
  list: readonly T[],
  { page, size, turnTo }: { page: number; size: number; turnTo: (page: number) => Button },
): { items: T[]; arrows: InlineButton[] } {
  const last = Math.max(0, Math.ceil(list.length / size) - 1)
  const current = Math.min(page, last)
  return {
    items: list.slice(current * size, (current + 1) * size),
    arrows: [
      ...(current > 0 ? [button('‹', turnTo(current - 1))] : []),
      ...(current < last ? [button('›', turnTo(current + 1))] : []),
    ],
  }
}
