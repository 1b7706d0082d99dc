import { randomUUID } from 'node:crypto'
import { access, mkdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { stringify } from 'yaml'
import { BookctlError } from '../errors.ts'
import { readIfExists, writeFileAtomic } from '../files/atomic.ts'
import { fillTemplate } from '../files/fill-template.ts'
import { packageFile } from '../files/package-root.ts'
import { generateIdentity } from '../secrets/age.ts'
import { generatePassword } from '../secrets/generate.ts'
import { fleetPaths } from './paths.ts'
import { fleetSettingsSchema } from './schema.ts'
import { parseYaml } from './yaml.ts'

export interface NewFleet {
  name: string
  timeZone: string
  engine: string
  /** Address of the Bot API; null is Telegram itself. */
  apiRoot: string | null
  /** The same as bookctl reaches it from this host; null: as `apiRoot`. */
  hostApiRoot?: string | null
}

const ENV_HEAD = '# Secrets of this fleet, written by bookctl. Never put this file into git.'
const IGNORED = ['.env', '.env.*', '!.env.example', '.bookctl/', 'backups/']

/** A fleet that is there already, complete: nothing is to be made. */
export async function isFleet(dir: string): Promise<boolean> {
  return (await readIfExists(fleetPaths(dir).settings)) !== undefined
}

/**
 * Files that stand where a fleet's own would go and that bookctl did not write. An `.env` that an interrupted `init`
 * has left is its own.
 */
export async function foreignFiles(dir: string): Promise<string[]> {
  const found: string[] = []
  for (const file of ['docker-compose.yml', 'docker-compose.yaml', 'compose.yml', 'compose.yaml'])
    if (await exists(join(dir, file))) found.push(file)
  const env = await readIfExists(fleetPaths(dir).env)
  if (env !== undefined && !env.startsWith(ENV_HEAD)) found.push('.env')
  return found
}

/**
 * Writes a fleet folder. `fleet.yml` comes last: it is what makes the folder a fleet, so an interrupted run is
 * completed by the next one. Answers with the files that were written.
 * @throws BookctlError (exit 5) naming foreign files; nothing is changed then. (exit 2) for a wrong name or zone.
 */
export async function initFleet(dir: string, fleet: NewFleet): Promise<string[]> {
  const paths = fleetPaths(dir)
  const foreign = await foreignFiles(dir)
  if (foreign.length > 0) throw folderOccupied(dir, foreign)
  // A wrong name or zone is refused before anything is made.
  await renderSettings(fleet, 'age1')
  await mkdir(paths.state, { recursive: true, mode: 0o700 })
  await mkdir(paths.clients, { recursive: true })
  await mkdir(paths.backups, { recursive: true, mode: 0o700 })
  const recipient = await ensureIdentity(paths.identity)
  const settings = await renderSettings(fleet, recipient)
  const written: string[] = []
  const write = async (path: string, content: string, mode?: number) => {
    if (await exists(path)) return
    await writeFileAtomic(path, content, mode === undefined ? {} : { mode })
    written.push(basename(path))
  }
  await write(paths.env, renderEnv(generatePassword), 0o600)
  await write(
    paths.envExample,
    renderEnv(() => ''),
  )
  if (await ensureIgnored(paths.gitignore)) written.push(basename(paths.gitignore))
  await write(paths.settings, settings)
  return written
}

/**
 * Writes the folder of a fleet that was lost, from what its backup says. Files that are there stay.
 * @throws BookctlError (exit 5) naming foreign files; nothing is changed then.
 */
export async function writeLostFleet(
  dir: string,
  lost: { settings: string; env: string; identity: string },
): Promise<void> {
  const paths = fleetPaths(dir)
  const foreign = await foreignFiles(dir)
  if (foreign.length > 0) throw folderOccupied(dir, foreign)
  await mkdir(paths.state, { recursive: true, mode: 0o700 })
  await mkdir(paths.clients, { recursive: true })
  await mkdir(paths.backups, { recursive: true, mode: 0o700 })
  if (!(await exists(paths.identity))) await writeFileAtomic(paths.identity, lost.identity, { mode: 0o600 })
  if (!(await exists(paths.env)))
    await writeFileAtomic(paths.env, `${ENV_HEAD}\n${lost.env}`, { mode: 0o600 })
  if (!(await exists(paths.envExample)))
    await writeFileAtomic(
      paths.envExample,
      renderEnv(() => ''),
    )
  await ensureIgnored(paths.gitignore)
  // Last: it is what makes the folder a fleet.
  await writeFileAtomic(paths.settings, lost.settings)
}

/** Secrets and archives must not get into git, whatever a person's own .gitignore says. */
async function ensureIgnored(path: string): Promise<boolean> {
  const text = (await readIfExists(path)) ?? ''
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const there = new Set(text.split(/\r?\n/).map((line) => line.trim()))
  const missing = IGNORED.filter((line) => !there.has(line))
  if (missing.length === 0) return false
  const separator = text === '' || text.endsWith('\n') ? '' : eol
  await writeFileAtomic(path, `${text}${separator}${missing.join(eol)}${eol}`)
  return true
}

async function ensureIdentity(path: string): Promise<string> {
  const kept = await readIfExists(path)
  const recipient = kept && /^# recipient: (age1\S+)$/m.exec(kept)?.[1]
  if (recipient) return recipient
  const made = await generateIdentity()
  const lines = [
    '# Opens the secrets in this fleet’s archives. Keep a copy elsewhere.',
    `# recipient: ${made.recipient}`,
    made.identity,
  ]
  await writeFileAtomic(path, `${lines.join('\n')}\n`, { mode: 0o600 })
  return made.recipient
}

/** For prompts: true, or what is wrong with a value of fleet.yml. */
export function checkSetting(key: 'name' | 'timeZone', value: string): string | true {
  const parsed = fleetSettingsSchema.shape[key].safeParse(value)
  return parsed.success || (parsed.error.issues[0]?.message ?? 'not valid')
}

async function renderSettings(fleet: NewFleet, ageRecipient: string): Promise<string> {
  const template = await readFile(packageFile('templates/fleet.yml'), 'utf8')
  const values = { hostApiRoot: null, ...fleet, ageRecipient, id: randomUUID() }
  const written = Object.entries(values).map(([key, value]) => [
    key,
    stringify(value, { lineWidth: 0 }).trimEnd(),
  ])
  const text = fillTemplate(template, Object.fromEntries(written) as Record<string, string>)
  try {
    parseYaml(text, fleetSettingsSchema, { file: 'fleet.yml', root: [] })
  } catch (error) {
    const problems = error instanceof BookctlError ? error.details?.['problems'] : undefined
    if (!Array.isArray(problems)) throw error
    throw new BookctlError('fleet-invalid', 'usage', `This fleet cannot be made: ${problems.join('; ')}`, {
      hint: 'See: bookctl init --help',
    })
  }
  return text
}

function renderEnv(password: () => string): string {
  return `${ENV_HEAD}
# Your own comments and the order of lines stay when bookctl changes an entry.

# Admin user of PostgreSQL (booking_user) and default user of Redis. Generated; only bookctl uses them.
POSTGRES_PASSWORD=${password()}
REDIS_PASSWORD=${password()}

# A proxy for Telegram, as socks5://user:password@host:1080. Empty: none.
TELEGRAM_PROXY=

# Reports of errors in the bots, by Sentry's protocol. SENTRY_DSN_ID (the id of a client, in capitals) is a project for that client alone.
SENTRY_ENABLED=false
SENTRY_DSN=

# The bot that tells the chats of alerts.telegram (fleet.yml) of failed scheduled runs, and an address that is asked
# while all is well, of a service that raises the alarm when it is not. See docs/schedule.md.
ALERT_BOT_TOKEN=
DEAD_MAN_URL=

# Keys of the storage that backups are copied to (backup.offsite in fleet.yml, type s3).
OFFSITE_S3_ACCESS_KEY_ID=
OFFSITE_S3_SECRET_ACCESS_KEY=

# bookctl client add appends the entries of each client below.
`
}

function folderOccupied(dir: string, foreign: readonly string[]): BookctlError {
  return new BookctlError(
    'folder-occupied',
    'conflict',
    `${dir} holds files that bookctl did not write: ${foreign.join(', ')}. Nothing was changed.`,
    { hint: `Choose another folder, as in: bookctl init ${join(dir, 'fleet')}` },
  )
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
