/** A span of time, [start, end), in epoch milliseconds. */
export interface Span {
  start: number
  end: number
}

/**
 * Puts spans into as few lanes as hold them without an overlap, each into the lowest that is free: lane 0 keeps what
 * began first. Returns the lane of each span, in the order given.
 */
export function assignLanes(spans: readonly Span[]): number[] {
  const order = spans.map((_, index) => index)
  order.sort((a, b) => startOf(spans, a) - startOf(spans, b) || a - b)
  const lanes: number[] = []
  const freeFrom: number[] = []
  for (const index of order) {
    const start = startOf(spans, index)
    const free = freeFrom.findIndex((time) => time <= start)
    const lane = free === -1 ? freeFrom.length : free
    freeFrom[lane] = spans[index]?.end ?? start
    lanes[index] = lane
  }
  return lanes
}

const startOf = (spans: readonly Span[], index: number) => spans[index]?.start ?? 0
