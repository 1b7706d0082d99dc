import type { ContactDetail, OwnContact, PersonalDataConsent } from '../domain/contact.ts'
import type { Tx } from './database.ts'

/** What a customer has told of themselves, and what they have agreed to. */
export async function readContact(tx: Tx, customerId: number): Promise<OwnContact> {
  const { rows } = await tx.query<{
    given_name: string | null
    phone: string | null
    consent: PersonalDataConsent | null
  }>(`select given_name, phone, consents -> 'personalData' as consent from users where id = $1`, [customerId])
  const row = rows[0]
  return { givenName: row?.given_name ?? null, phone: row?.phone ?? null, consent: row?.consent ?? {} }
}

/** Consent to this version of the text. What was refused or skipped before counts no more. */
export async function giveConsent(tx: Tx, customerId: number, version: number, now: number): Promise<void> {
  await writeConsent(tx, customerId, { version, at: new Date(now).toISOString() })
}

/** Not agreed to this version; consent to an earlier one, with what was given then, stays. */
export async function refuseConsent(tx: Tx, customerId: number, version: number, now: number): Promise<void> {
  const { consent } = await readContact(tx, customerId)
  await writeConsent(tx, customerId, { ...consent, refused: { version, at: new Date(now).toISOString() } })
}

/** Takes consent back: name and phone go at once; when it was given and taken back stays, as the proof of both. */
export async function withdrawConsent(
  tx: Tx,
  customerId: number,
  version: number,
  now: number,
): Promise<void> {
  const { consent } = await readContact(tx, customerId)
  const at = new Date(now).toISOString()
  await tx.query('update users set given_name = null, phone = null where id = $1', [customerId])
  await writeConsent(tx, customerId, { ...consent, withdrawnAt: at, refused: { version, at } })
}

export async function saveGivenName(tx: Tx, customerId: number, name: string): Promise<void> {
  await tx.query('update users set given_name = $2 where id = $1', [customerId, name])
}

export async function savePhone(tx: Tx, customerId: number, phone: string): Promise<void> {
  await tx.query('update users set phone = $2 where id = $1', [customerId, phone])
}

/** Asked for and not given: it is not asked for again. */
export async function skipDetail(tx: Tx, customerId: number, detail: ContactDetail): Promise<void> {
  const { consent } = await readContact(tx, customerId)
  const skipped = [...new Set([...(consent.skipped ?? []), detail])]
  await writeConsent(tx, customerId, { ...consent, skipped })
}

async function writeConsent(tx: Tx, customerId: number, consent: PersonalDataConsent): Promise<void> {
  await tx.query(
    `update users set consents = consents || jsonb_build_object('personalData', $2::jsonb) where id = $1`,
    [customerId, JSON.stringify(consent)],
  )
}
