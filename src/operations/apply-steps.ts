import type { Context } from '../context.ts'
import { readEnvFile, requireEnv, updateEnvFile } from '../env/env-file.ts'
import { findWritten, getDeclaration } from '../fleet/clients.ts'
import { type ClientNames, clientNames } from '../fleet/names.ts'
import { writeClientSettings } from '../postgres/client-settings.ts'
import { clientGrants, mendGrants } from '../postgres/grants.ts'
import { ensureRole } from '../postgres/provision.ts'
import { ensureAclUser } from '../redis/admin.ts'
import { generatePassword } from '../secrets/generate.ts'
import type { TaskStep } from '../ui/output.ts'
import { applyBot } from './apply-bot.ts'
import { type ClientPlan, PARTS, type Part } from './apply-types.ts'
import { declareClient, redeclareClient } from './declare.ts'
import { audit, type Operation } from './journal.ts'
import { operator } from './operator.ts'
import type { Services } from './services.ts'

type Mend = () => Promise<string | void>

const TITLES: Partial<Record<Part, string>> = {
  declaration: 'declaration',
  secrets: 'passwords into .env',
  role: 'role',
  grants: 'rights',
  settings: 'title and time zone',
  redis: 'Redis user',
  bot: 'bot',
}

/**
 * The steps that mend what the plan found, in the order of an add: secrets before what depends on them, the bot last. Each
 * may be repeated. The schema is not among them: schemas are migrated before.
 */
export function mendSteps(
  context: Context,
  services: Services,
  plan: ClientPlan,
  operation: Operation,
): TaskStep[] {
  const names = clientNames(plan.id)
  const mends: Partial<Record<Part, Mend>> = {
    declaration: () => declare(services, plan),
    secrets: () => makePasswords(services, names),
    role: async () =>
      ensureRole(
        services.db,
        names,
        requireEnv(await readEnvFile(services.fleet), names.env.databasePassword),
      ),
    grants: async () => void (await mendGrants(services.db, clientGrants(names))),
    settings: () => writeDeclared(services, names),
    redis: async () => {
      const password = requireEnv(await readEnvFile(services.fleet), names.env.redisPassword)
      await ensureAclUser(services.redis, names, password)
    },
    bot: () => applyBot(context, services, plan),
  }
  const found = new Set(plan.changes.map(({ part }) => part))
  const steps = PARTS.filter((part) => found.has(part)).flatMap((part): TaskStep[] => {
    const mend = mends[part]
    return mend ? [{ title: `${plan.id}: ${TITLES[part]}`, run: () => operation.step(part, mend) }] : []
  })
  const run = () =>
    operation.lastStep('audit', (tx) =>
      audit(tx, {
        action: 'client applied',
        clientId: plan.id,
        details: { operation: operation.id, changes: operation.details['changes'] },
      }),
    )
  return [...steps, { title: `${plan.id}: write it down`, run }]
}

async function declare(services: Services, { id, declaration }: ClientPlan): Promise<string> {
  if (!declaration) throw new Error(`${id}: nothing to declare`)
  const there = (await findWritten(services.fleet, id)) !== undefined
  if (there) await redeclareClient(services, id, { uuid: declaration.uuid })
  else await declareClient(services, declaration)
  return `clients/${id}.yml`
}

async function makePasswords({ fleet }: Services, names: ClientNames): Promise<string> {
  const env = await readEnvFile(fleet)
  const missing = [names.env.databasePassword, names.env.redisPassword].filter((name) => !env.get(name))
  const set = Object.fromEntries(missing.map((name) => [name, generatePassword()]))
  await updateEnvFile(fleet, { set, heading: names.id })
  return missing.join(', ')
}

async function writeDeclared({ fleet, db }: Services, names: ClientNames): Promise<void> {
  const { title, timeZone } = await getDeclaration(fleet, names.id)
  await writeClientSettings(db, names, { title, timeZone }, `operator ${operator()}`)
  await db.query(
    `update fleet.clients set title = $2, updated_at = now() where client_id = $1 and state <> 'removed'`,
    [names.id, title],
  )
}
