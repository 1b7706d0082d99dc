import type { Tx } from './database.ts'

/** Of the words with which customers are asked. Raised when they come to mean more: who agreed to less is asked again. */
export const NEWS_CONSENT_VERSION = 1

/** Of a customer `u`: has agreed to get messages of the business, and has not taken it back. */
export const WANTS_NEWS = `coalesce(
  u.consents -> 'broadcasts' ? 'at'
    and not u.consents -> 'broadcasts' ? 'withdrawnAt'
    and (u.consents -> 'broadcasts' ->> 'version')::int >= ${NEWS_CONSENT_VERSION}, false)`

export async function wantsNews(tx: Tx, customerId: number): Promise<boolean> {
  const { rows } = await tx.query<{ wants: boolean }>(
    `select ${WANTS_NEWS} as wants from users u where u.id = $1`,
    [customerId],
  )
  return rows[0]?.wants ?? false
}

/** Writes down that the customer agrees, with the version of the words and the time. Who has agreed already, has. */
export async function agreeToNews(tx: Tx, customerId: number, now: number): Promise<void> {
  await tx.query(
    `update users u
        set consents = jsonb_set(u.consents, '{broadcasts}', jsonb_build_object('version', $2::int, 'at', $3::text))
      where u.id = $1
        and not ${WANTS_NEWS}`,
    [customerId, NEWS_CONSENT_VERSION, new Date(now).toISOString()],
  )
}

/** Writes down that the customer wants none, or none any more. What waits to be sent to them is not sent. */
export async function withdrawNews(
  tx: Tx,
  { customerId, clientId }: { customerId: number; clientId: string },
  now: number,
): Promise<void> {
  await tx.query(
    `update users u
        set consents = jsonb_set(u.consents, '{broadcasts}', coalesce(u.consents -> 'broadcasts', '{}')
              || jsonb_build_object('version', $2::int, 'withdrawnAt', $3::text))
      where u.id = $1
        and not coalesce(u.consents -> 'broadcasts' ? 'withdrawnAt', false)`,
    [customerId, NEWS_CONSENT_VERSION, new Date(now).toISOString()],
  )
  await tx.query(
    `delete from fleet.outbox o
      using users u
      where u.id = $2
        and o.client_id = $1
        and o.chat_id = u.telegram_id
        and o.kind = 'broadcast'
        and o.state = 'queued'`,
    [clientId, customerId],
  )
}

/** Notes that the customer is asked now. False: has been asked before, or has decided unasked. */
export async function markAskedForNews(tx: Tx, customerId: number, now: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update users
        set consents = jsonb_set(consents, '{broadcasts}', jsonb_build_object('version', $2::int, 'askedAt', $3::text))
      where id = $1
        and not consents ? 'broadcasts'`,
    [customerId, NEWS_CONSENT_VERSION, new Date(now).toISOString()],
  )
  return rowCount === 1
}
