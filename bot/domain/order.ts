/** What is shown in an order of the business's own, in groups by category; '' is without one. */
export interface Ordered {
  id: number
  category: string
}

export type Direction = 'up' | 'down'

/** As customers see it: categories in the order of their first member, what has none at the end. */
export function groupByCategory<T extends Ordered>(list: readonly T[]): [category: string, members: T[]][] {
  const groups = new Map<string, T[]>()
  for (const one of list) groups.set(one.category, [...(groups.get(one.category) ?? []), one])
  return [...groups].toSorted(([a], [b]) => Number(a === '') - Number(b === ''))
}

/** The ids in their new order after one has passed its neighbour within its category. At the edge nothing changes. */
export function moveWithinCategory(list: readonly Ordered[], id: number, direction: Direction): number[] {
  return groupByCategory(list).flatMap(([, members]) => {
    const ids = members.map((one) => one.id)
    return swapped(ids, ids.indexOf(id), direction)
  })
}

/** The ids in their new order after a whole category has passed its neighbour. */
export function moveCategory(list: readonly Ordered[], category: string, direction: Direction): number[] {
  const groups = groupByCategory(list)
  const named = groups.filter(([name]) => name !== '')
  const moved = swapped(
    named,
    named.findIndex(([name]) => name === category),
    direction,
  )
  return [...moved, ...groups.filter(([name]) => name === '')].flatMap(([, members]) =>
    members.map((one) => one.id),
  )
}

function swapped<T>(list: readonly T[], index: number, direction: Direction): T[] {
  const other = direction === 'up' ? index - 1 : index + 1
  const [one, two] = [list[index], list[other]]
  if (one === undefined || two === undefined) return [...list]
  return list.with(index, two).with(other, one)
}
