/** Tells how far a work over many things is, each time that one is done: `12/1000 client_anna 44 kB (9 s left)`. */
export function countUp(
  total: number,
  say: (detail: string) => void,
  now: () => number = Date.now,
): (what: string) => void {
  const start = now()
  let done = 0
  return (what) => {
    done += 1
    const left = ((now() - start) / done) * (total - done)
    const eta =
      done < total
        ? ` (${left < 60_000 ? `${Math.ceil(left / 1000)} s` : `${Math.ceil(left / 60_000)} min`} left)`
        : ''
    say(total > 1 ? `${done}/${total} ${what}${eta}` : what)
  }
}
