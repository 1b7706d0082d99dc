import * as z from 'zod'
import { offsiteSettingsSchema } from './offsite-settings.ts'

const count = (least: number) => z.int().min(least).max(10_000)

/** What `bookctl backup prune` keeps of each client's backups. */
const keepSchema = z.strictObject({
  daily: count(0).default(7),
  weekly: count(0).default(4),
  monthly: count(0).default(6),
  /** So many of the newest proved ones stay, whatever their age. */
  minimum: count(1).default(3),
  /** How long the backups made by a removal stay. The newest one stays for ever. */
  removedDays: count(1).default(365),
})

/** A time of day in the fleet's zone; null: never. */
const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'a time of day such as "03:00", in quotes' })
  .nullable()

/** When `bookctl schedule` does what, once a day. */
const scheduleSchema = z.strictObject({
  backup: timeOfDay.default('03:00'),
  drill: timeOfDay.default('04:00'),
  prune: timeOfDay.default('05:00'),
})

const recipient = z.string().startsWith('age1', { error: 'an age recipient: age1…' })

/** The part `backup` of fleet.yml. */
export const backupSettingsSchema = z.strictObject({
  /** The fleet's own: its identity is made by `init`. */
  ageRecipient: recipient,
  /** Others that can open what is encrypted, each with an identity that need not be on this machine. */
  recipients: z.array(recipient).max(20).default([]),
  /** Encrypts the archives, too, and not only the secrets. */
  encryptArchives: z.boolean().default(false),
  /** Where `backup push` copies to; null: nowhere. */
  offsite: offsiteSettingsSchema.nullable().default(null),
  keep: keepSchema.prefault({}),
  schedule: scheduleSchema.prefault({}),
  /** `backup check` and `status` are red when a client's newest proved backup is older; null: never. */
  maxAgeHours: count(1).nullable().default(26),
  /** The same for the newest backup that was really restored in a drill. */
  maxDrillAgeDays: count(1).nullable().default(14),
})
export type BackupSettings = z.infer<typeof backupSettingsSchema>
export type KeepPolicy = BackupSettings['keep']

/** The part `alerts` of fleet.yml: who hears of a failed scheduled run. What is secret of it stands in `.env`. */
export const alertSettingsSchema = z.strictObject({
  telegram: z.strictObject({ chatIds: z.array(z.int()).max(20).default([]) }).prefault({}),
})
