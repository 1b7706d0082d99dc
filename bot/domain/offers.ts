/** What one member of staff gives, by the service's id, with own minutes and price where there are any; null: everything. */
export type Offers = Readonly<Record<string, OwnTerms>> | null

export interface OwnTerms {
  minutes?: number
  priceMinor?: number
}

/** The member gives this service from now on, or does not. `all`: every service there is, also hidden and deleted ones. */
export function withService(offers: Offers, all: readonly number[], id: number, gives: boolean): Offers {
  if (gives === isOffered(offers, id)) return offers
  const { [String(id)]: _, ...others } = offers ?? everything(all)
  return simplest(gives ? { ...others, [id]: {} } : others, all)
}

/** The member's own minutes or price for a service that it gives; `undefined` goes back to the service's. */
export function withOwnTerm(
  offers: Offers,
  all: readonly number[],
  id: number,
  term: keyof OwnTerms,
  value: number | undefined,
): Offers {
  if (!isOffered(offers, id)) return offers
  const { [term]: _, ...rest } = offers?.[String(id)] ?? {}
  const own = value === undefined ? rest : { ...rest, [term]: value }
  return simplest({ ...(offers ?? everything(all)), [id]: own }, all)
}

export function isOffered(offers: Offers, id: number): boolean {
  return offers === null || String(id) in offers
}

function everything(all: readonly number[]): Record<string, OwnTerms> {
  return Object.fromEntries(all.map((id) => [String(id), {}]))
}

/** Who gives everything on the service's terms gives what is added later, too; so a tick taken away and set again changes nothing. */
function simplest(offers: Record<string, OwnTerms>, all: readonly number[]): Offers {
  const plain = all.every((id) => {
    const own = offers[String(id)]
    return own !== undefined && Object.keys(own).length === 0
  })
  return plain ? null : offers
}
