import * as z from 'zod'

const hour = z.int().min(0).max(24)
const CLOCK = String.raw`(?:[01]\d|2[0-3]):[0-5]\d`

/** A form that its type alone does not tell, with the words that say it: for whoever asks what is possible, and as its mistake. */
const clock = formed(new RegExp(`^${CLOCK}$`), 'a time as 22:00')
/** `HH:MM`, or empty where something is switched off. */
const clockTimeOrOff = formed(new RegExp(`^(?:${CLOCK})?$`), 'a time as 22:00, or nothing')

const LINK = 'https://…, or nothing'
/** An address that a customer may open: nothing that could leave the link it is put into. Empty: there is none. */
const link = z
  .string()
  .max(300)
  .refine(
    (text) => text === '' || (/^https:\/\/[^\s"<>\\]+\.[^\s"<>\\]+$/.test(text) && URL.canParse(text)),
    { error: LINK },
  )
  .describe(LINK)
  .default('')

function formed(form: RegExp, words: string) {
  return z.string().regex(form, { error: words }).describe(words)
}

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
  mapUrl: link,
  siteUrl: link,
  /** What the business says about personal data, beside the consent that the bot asks for. */
  privacyUrl: link,
  /** Are customers asked for name and phone, once, before the first booking? `required`: nobody books without. */
  contactDetails: z.enum(['off', 'asked', 'required']).default('asked'),
  maxBookingsPerUser: z.int().min(1).max(100).default(3),
  /** Until so long before the start a customer may cancel, and may move where `rescheduleHours` is null. */
  cancellationHours: z.int().min(0).max(720).default(24),
  rescheduleHours: z.int().min(0).max(720).nullable().default(null),
  /** So long after booking a customer may take it back, whatever the deadline. */
  graceMinutes: z.int().min(0).max(1440).default(15),
  leadMinutes: z.int().min(0).max(43_200).default(60),
  /** So long a time is kept for a customer who has chosen it and not confirmed yet; 0: not at all. */
  holdMinutes: z.int().min(0).max(60).default(10),
  /** May customers wait for a free time on a full day? One that becomes free is kept so long for whoever is next in line. */
  waitlist: z.boolean().default(true),
  waitlistOfferMinutes: z.int().min(5).max(240).default(30),
  horizonDays: z.int().min(1).max(366).default(60),
  slotStepMinutes: z.int().min(5).max(480).default(30),
  /** Hours before the start at which a customer is reminded; empty: never. */
  reminderHours: z.array(z.int().min(1).max(336)).max(5).default([24, 2, 1]),
  /** Between these wall-clock times nothing is sent unasked; equal times: there are none. */
  quietFrom: clock.default('22:00'),
  quietTo: clock.default('08:00'),
  /** Hours after the end of a visit at which its customer is asked how it was; 0: never. */
  feedbackHours: z.int().min(0).max(336).default(2),
  /** Are admins told of every booking, move and cancellation? */
  notifyAdmins: z.boolean().default(true),
  /** What one person may send in the long run; RATE_LIMIT_MESSAGE and RATE_LIMIT_CALLBACK stand in for them. */
  rateMessagesPerMinute: z.int().min(1).max(60_000).default(120),
  rateTapsPerMinute: z.int().min(1).max(60_000).default(200),
  /** Of the whole business, so that a stolen account cannot bring in a crowd. */
  adminAdditionsPerHour: z.int().min(1).max(20).default(3),
  /** When admins, and staff with an account, get the list of the day: `HH:MM` of the client's zone; empty: never. */
  morningListTime: clockTimeOrOff.default('08:00'),
  /** When admins are asked who came of those whose visit nobody has marked; empty: never. */
  eveningListTime: clockTimeOrOff.default('20:00'),
  /** So many hours after its end a visit that nobody has marked counts as come; 0: never. */
  autoCameHours: z.int().min(0).max(720).default(24),
  /**
   * So many months after their last visit and last message customers' personal data are erased; 0: never. Off until the
   * business decides: the law asks for an end that fits the purpose, and only the business knows when a customer is lost.
   */
  retentionMonths: z.int().min(0).max(120).default(0),
})
export type ClientSettings = z.infer<typeof clientSettingsSchema>
export type SettingKey = keyof ClientSettings

/** Settings that the operator alone changes; all others are the business's. */
export const OPERATOR_SETTINGS = ['title', 'timeZone'] as const satisfies readonly SettingKey[]
export type BusinessSetting = Exclude<SettingKey, (typeof OPERATOR_SETTINGS)[number]>
export type BusinessSettings = Pick<ClientSettings, BusinessSetting>
export const BUSINESS_SETTINGS = Object.keys(clientSettingsSchema.shape).filter(
  (key) => !OPERATOR_SETTINGS.some((one) => one === key),
) as BusinessSetting[]

/** With these two nobody could ever book: the first time that is far enough ahead lies beyond the last one on offer. */
export function closesBooking({
  leadMinutes,
  horizonDays,
}: Pick<ClientSettings, 'leadMinutes' | 'horizonDays'>): boolean {
  return leadMinutes >= horizonDays * 1440
}

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
