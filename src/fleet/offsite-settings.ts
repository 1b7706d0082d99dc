import * as z from 'zod'

/** A path that begins with no hyphen: a program would take it for a flag. */
const word = z.string().regex(/^[^\s-]\S*$/, { error: 'a word that does not begin with a hyphen' })
const path = z
  .string()
  .min(1)
  .regex(/^[^\p{Cc}]+$/u, { error: 'a path on one line' })

/** The part `backup.offsite` of fleet.yml: where copies of backups go. Its keys stand in `.env`. */
export const offsiteSettingsSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('directory'),
    path: path.startsWith('/', { error: 'an absolute path, such as /media/backups' }),
  }),
  z.strictObject({
    type: z.literal('ssh'),
    host: word,
    port: z.int().min(1).max(65_535).default(22),
    user: word.nullable().default(null),
    path,
    /** null: as ssh finds them. */
    identityFile: path.nullable().default(null),
    knownHostsFile: path.nullable().default(null),
  }),
  z.strictObject({
    type: z.literal('s3'),
    /** null: Amazon's own, by the region. */
    endpoint: z
      .url({ protocol: /^https?$/ })
      .nullable()
      .default(null),
    region: word.default('us-east-1'),
    bucket: word,
    /** Before every key; without slashes around it. */
    prefix: z
      .string()
      .regex(/^([\w.-]+(\/[\w.-]+)*)?$/, { error: 'words with slashes between them' })
      .default(''),
    /** The bucket in the path and not in the host's name, as most servers other than Amazon's want it. */
    pathStyle: z.boolean().default(true),
  }),
])
export type OffsiteSettings = z.infer<typeof offsiteSettingsSchema>
