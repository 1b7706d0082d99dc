/**
 * Gathers an option that may be repeated. Not commander's variadic `<id...>`: that would swallow the ids that
 * follow it, as in `client remove --confirm client_anna client_anna`.
 */
export function collected(value: string, earlier: string[] = []): string[] {
  return [...earlier, value]
}
