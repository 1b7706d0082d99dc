import * as z from 'zod'
import {
  BUSINESS_SETTINGS,
  type BusinessSetting,
  clientSettingsSchema,
  serviceDeclarationSchema,
} from '../../bot/contract/settings.ts'
import { alertSettingsSchema, backupSettingsSchema } from './backup-settings.ts'
import { CLIENT_ID_FORM, CLIENT_ID_MAX_LENGTH } from './names.ts'

/** Name of an image, perhaps with a registry and a tag or digest before and after it. */
const image = z.string().regex(/^[a-z0-9][\w./:@-]*$/, { error: 'an image such as postgres:16-alpine' })
const port = z.int().min(1).max(65_535)
const size = z.string().regex(/^\d+(kB|MB|GB)$/, { error: 'a size such as 256MB' })

/**
 * Zones that are known to be good. The first formatter of a process costs 20 ms and every one half a millisecond: only
 * for names that are not in ICU's list (`UTC`, older names) one is made, once.
 */
const known = new Set(Intl.supportedValuesOf('timeZone'))

/** IANA zone that this Node.js knows. */
const timeZone = z.string().refine(
  (name) => {
    if (known.has(name)) return true
    try {
      new Intl.DateTimeFormat('en', { timeZone: name })
    } catch {
      return false
    }
    known.add(name)
    return true
  },
  { error: 'an IANA time zone such as Europe/Moscow' },
)

/** `fleet.yml`: the operator's settings. Its template is a complete commented file. */
export const fleetSettingsSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,29}$/, { error: 'lower-case letters, digits and hyphens, at most 30' }),
  /** Tells what this fleet made from what another of the same name made on the same Docker. */
  id: z.uuid(),
  engine: z.enum(['compose', 'local']),
  timeZone,
  telegram: z
    .strictObject({
      /** Address of the Bot API for bots; null is Telegram itself. */
      apiRoot: z
        .url({ protocol: /^https?$/ })
        .nullable()
        .default(null),
      /** The same, as bookctl reaches it from this host; null: as apiRoot. */
      hostApiRoot: z
        .url({ protocol: /^https?$/ })
        .nullable()
        .default(null),
    })
    .prefault({}),
  postgres: z
    .strictObject({
      port: port.nullable().default(null),
      sharedBuffers: size.default('256MB'),
      maxConnections: z.int().min(20).max(5000).default(300),
      memory: size.default('2GB'),
    })
    .prefault({}),
  redis: z
    .strictObject({ port: port.nullable().default(null), maxMemory: size.default('256MB') })
    .prefault({}),
  images: z
    .strictObject({
      /** Put before the name of every image, as mirror.example.com/library; null: the names as they are. */
      registry: z
        .string()
        .regex(/^[a-z0-9][\w.:/-]*[\w]$/, { error: 'a registry such as mirror.example.com/library' })
        .nullable()
        .default(null),
      postgres: image.default('postgres:16-alpine'),
      redis: image.default('redis:7-alpine'),
      node: image.default('node:24-alpine'),
    })
    .prefault({}),
  /** What one bot may use. `x-bookctl.compose` of a client changes it for that client. */
  bots: z
    .strictObject({ memory: size.default('256MB'), cpus: z.number().min(0.05).max(64).default(1) })
    .prefault({}),
  backup: backupSettingsSchema,
  alerts: alertSettingsSchema.prefault({}),
})
export type FleetSettings = z.infer<typeof fleetSettingsSchema>

type BusinessShape = {
  [Key in BusinessSetting]: z.ZodOptional<ReturnType<(typeof clientSettingsSchema.shape)[Key]['unwrap']>>
}

/** Values that fill a new client once; from then on its own tables are the truth. */
export const initialValuesSchema = z.strictObject({
  workHours: z
    .strictObject({ start: z.int().min(0).max(24), end: z.int().min(0).max(24) })
    .refine((hours) => hours.start < hours.end, { error: 'end must be after start' })
    .optional(),
  // Without the defaults: what is left out here is no value of the client's own.
  ...(Object.fromEntries(
    BUSINESS_SETTINGS.map((key) => [key, clientSettingsSchema.shape[key].unwrap().optional()]),
  ) as BusinessShape),
  services: z.array(serviceDeclarationSchema).min(1).max(100).optional(),
})
export type InitialValues = z.infer<typeof initialValuesSchema>

/** The `x-bookctl` block of `clients/ID.yml`. */
export const clientDeclarationSchema = z.strictObject({
  id: z.string().max(CLIENT_ID_MAX_LENGTH).regex(CLIENT_ID_FORM),
  uuid: z.uuid(),
  title: z.string().trim().min(1).max(64),
  timeZone,
  /** False while the operator keeps the bot stopped. */
  run: z.boolean().default(true),
  initial: initialValuesSchema.prefault({}),
  /** Merged over the generated compose service: memory, cpus, environment, volumes, labels, … */
  compose: z.record(z.string(), z.unknown()).optional(),
})
export type ClientDeclaration = z.infer<typeof clientDeclarationSchema>
