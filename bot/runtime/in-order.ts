/** Works items in parallel, at most `limit` at a time; items of one key one after the other, in their order. */
export async function inOrder<T>(
  items: readonly T[],
  keyOf: (item: T) => number,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const lines = new Map<number, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const line = lines.get(key)
    if (line) line.push(item)
    else lines.set(key, [item])
  }
  const waiting = [...lines.values()]
  const worker = async () => {
    for (let line = waiting.shift(); line; line = waiting.shift()) for (const item of line) await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(limit, waiting.length) }, worker))
}
