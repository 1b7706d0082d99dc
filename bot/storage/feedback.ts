import type { Tx } from './database.ts'

export type RatingOutcome = 'saved' | 'again' | 'not-yours'

/** Keeps a customer's rating (1–5) of an own visit that has ended: the first one counts. */
export async function saveRating(
  tx: Tx,
  visit: { bookingId: number; customerId: number; rating: number },
  now: number,
): Promise<RatingOutcome> {
  const { rows } = await tx.query<{ saved: boolean }>(
    `with visit as (
       select id, customer_id
         from bookings
        where id = $1
          and customer_id = $2
          and ends_at <= $4
          and status in ('booked', 'confirmed', 'came')
     ), saved as (
       insert into feedback (booking_id, customer_id, rating, created_at)
       select id, customer_id, $3, $4 from visit
       on conflict (booking_id) do nothing
       returning 1
     )
     select exists (select from saved) as saved from visit`,
    [visit.bookingId, visit.customerId, visit.rating, new Date(now)],
  )
  const row = rows[0]
  if (!row) return 'not-yours'
  return row.saved ? 'saved' : 'again'
}

/** Adds a comment to an own rating that has none yet; gives back the rating, or undefined where there is none to add to. */
export async function saveComment(
  tx: Tx,
  visit: { bookingId: number; customerId: number; comment: string },
): Promise<number | undefined> {
  const { rows } = await tx.query<{ rating: number }>(
    `update feedback
        set comment = $3
      where booking_id = $1
        and customer_id = $2
        and comment = ''
     returning rating`,
    [visit.bookingId, visit.customerId, visit.comment],
  )
  return rows[0]?.rating
}
