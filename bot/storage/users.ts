import type { User } from 'grammy/types'
import { readableName } from '../domain/person-text.ts'
import type { Tx } from './database.ts'

export type Language = 'ru' | 'en'

/**
 * The names of a customer `u` as people are to read them: what they want to be called, where they have said so, else
 * what Telegram says.
 */
export const SHOWN_NAMES = `
  coalesce(u.given_name, u.first_name) as first_name, case when u.given_name is null then u.last_name end as last_name`

/** A customer. `telegramId` is null for those who came by phone or walked in. */
export interface Customer {
  id: number
  telegramId: number | null
  username: string | null
  firstName: string | null
  lastName: string | null
  phone: string | null
  language: Language
  isNew: boolean
}

/** Telegram clients in these languages get Russian; so do those that name none. Everybody else gets English. */
const READS_RUSSIAN = new Set(['ru', 'be', 'uk', 'kk', 'ky', 'uz', 'tg', 'hy', 'az', 'tt'])

export function languageOf(languageCode: string | undefined): Language {
  if (!languageCode) return 'ru'
  return READS_RUSSIAN.has(languageCode.toLowerCase().split('-')[0] ?? '') ? 'ru' : 'en'
}

/** The customer behind an update: made at the first one, kept up to date by the others. */
export async function upsertCustomer(tx: Tx, from: User, nowMs: number): Promise<Customer> {
  const { rows } = await tx.query<{
    id: number
    telegram_id: number
    username: string | null
    first_name: string | null
    last_name: string | null
    phone: string | null
    language: Language
    is_new: boolean
  }>(
    `insert into users as u (telegram_id, username, first_name, last_name, language, created_at, last_seen_at)
     values ($1, $2, $3, $4, $5, $6, $6)
     on conflict (telegram_id) do update
       set username = excluded.username,
           first_name = excluded.first_name,
           last_name = excluded.last_name,
           language = case when u.language_chosen then u.language else excluded.language end,
           last_seen_at = excluded.last_seen_at,
           gone_at = null
     returning u.id, u.telegram_id, u.username, ${SHOWN_NAMES}, u.phone, u.language, (u.xmax = 0) as is_new`,
    [
      from.id,
      from.username ?? null,
      readableName(from.first_name),
      readableName(from.last_name ?? ''),
      languageOf(from.language_code),
      new Date(nowMs),
    ],
  )
  const row = rows[0]
  if (!row) throw new Error('upsert of a customer returned no row')
  return {
    id: row.id,
    telegramId: row.telegram_id,
    username: row.username,
    firstName: row.first_name,
    lastName: row.last_name,
    phone: row.phone,
    language: row.language,
    isNew: row.is_new,
  }
}

/** Telegram says that this person has blocked the bot: nothing is sent until they come back. */
export async function markGone(tx: Tx, telegramId: number, nowMs: number): Promise<void> {
  await tx.query('update users set gone_at = coalesce(gone_at, $2) where telegram_id = $1', [
    telegramId,
    new Date(nowMs),
  ])
}

/** The customer's own choice; from then on the language of their Telegram does not change it. */
export async function setLanguage(tx: Tx, customerId: number, language: Language): Promise<void> {
  await tx.query('update users set language = $2, language_chosen = true where id = $1', [
    customerId,
    language,
  ])
}

/** Those of these people whom the bot can write to, with their languages: they have written to it and not blocked it. */
export async function reachable(tx: Tx, telegramIds: readonly number[]): Promise<Map<number, Language>> {
  const { rows } = await tx.query<{ telegram_id: number; language: Language }>(
    'select telegram_id, language from users where telegram_id = any($1::bigint[]) and gone_at is null',
    [telegramIds],
  )
  return new Map(rows.map((row) => [row.telegram_id, row.language]))
}

/** Languages of people who are known as customers too; others are not in the answer. */
export async function languagesOf(tx: Tx, telegramIds: readonly number[]): Promise<Map<number, Language>> {
  const { rows } = await tx.query<{ telegram_id: number; language: Language }>(
    'select telegram_id, language from users where telegram_id = any($1::bigint[])',
    [telegramIds],
  )
  return new Map(rows.map((row) => [row.telegram_id, row.language]))
}

/** Somebody with a Telegram account, as far as this bot knows them. */
export interface Person {
  username: string | null
  firstName: string | null
  lastName: string | null
  language: Language
  /** False: has blocked the bot. */
  reachable: boolean
}

/** Undefined for who never wrote to this bot. */
export async function findPerson(tx: Tx, telegramId: number): Promise<Person | undefined> {
  const { rows } = await tx.query<{
    username: string | null
    first_name: string | null
    last_name: string | null
    language: Language
    reachable: boolean
  }>(
    `select username, first_name, last_name, language, gone_at is null as reachable
       from users
      where telegram_id = $1`,
    [telegramId],
  )
  const row = rows[0]
  return (
    row && {
      username: row.username,
      firstName: row.first_name,
      lastName: row.last_name,
      language: row.language,
      reachable: row.reachable,
    }
  )
}
