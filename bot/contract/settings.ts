import { z } from 'zod'

const hour = z.int().min(0).max(24)
/** `HH:MM`, or empty where something is switched off. */
const clockTimeOrOff = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d)?$/)

/**
 * A client's settings as rows of its table `settings` (key → JSON value).
 * `title` and `timeZone` are the operator's (declared in clients/*.yml, written by bookctl);
 * the others are the business's: written once when the client is made, then its own.
 */
export const clientSettingsSchema = z.object({
  title: z.string().min(1).max(64).default('Booking'),
  timeZone: z.string().default('Europe/Moscow'),
  address: z.string().max(200).default(''),
  phone: z.string().max(32).default(''),
  about: z.string().max(1000).default(''),
  maxBookingsPerUser: z.int().min(1).max(100).default(3),
  cancellationHours: z.int().min(0).max(720).default(24),
  leadMinutes: z.int().min(0).max(43_200).default(60),
  horizonDays: z.int().min(1).max(366).default(60),
  slotStepMinutes: z.int().min(5).max(480).default(30),
  /** When admins, and staff with an account, get the list of the day: `HH:MM` of the client's zone; empty: never. */
  morningListTime: clockTimeOrOff.default('08:00'),
  /** When admins are asked who came of those whose visit nobody has marked; empty: never. */
  eveningListTime: clockTimeOrOff.default('20:00'),
  /** So many hours after its end a visit that nobody has marked counts as come; 0: never. */
  autoCameHours: z.int().min(0).max(720).default(24),
})
export type ClientSettings = z.infer<typeof clientSettingsSchema>
export type SettingKey = keyof ClientSettings

/** Weekly hours in the plain form of the guide: one range for each working day. 0–24, whole hours; end after start. */
export const workHoursSchema = z
  .object({ start: hour, end: hour })
  .refine((hours) => hours.start < hours.end, { error: 'the end must be after the start' })
export type WorkHours = z.infer<typeof workHoursSchema>

/** Defaults of the guide. */
export const DEFAULT_WORK_HOURS: WorkHours = { start: 9, end: 18 }
/** Monday to Saturday: what most salons, clinics and tutors keep. 1 is Monday. */
export const DEFAULT_WORK_DAYS = [1, 2, 3, 4, 5, 6] as const

/** A line of a services file (`--services FILE`): what a new client offers. Price in whole or decimal rubles; left out, none is shown. */
export const serviceDeclarationSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  minutes: z.int().min(5).max(1440),
  price: z.number().min(0).max(10_000_000).optional(),
  description: z.string().trim().max(500).default(''),
})
export type ServiceDeclaration = z.infer<typeof serviceDeclarationSchema>
