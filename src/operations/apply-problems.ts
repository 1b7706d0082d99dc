import { botIdOfToken } from '../../bot/contract/env.ts'
import { BookctlError } from '../errors.ts'
import { clientNames } from '../fleet/names.ts'
import { missingTables } from '../postgres/grants.ts'
import { schemaMissing, schemaNewer } from '../postgres/migrate-client.ts'
import type { ClientFacts, FleetFacts, KnownSchemas } from './apply-types.ts'
import { tokenInUse } from './client-rows.ts'
import { finishHint } from './finish-hint.ts'

/**
 * Why `apply` must leave a client alone: what only a person can decide, or what would destroy or hide something. The
 * error names the command or the entry that solves it. Pure.
 */
export function findProblem(
  client: ClientFacts,
  facts: FleetFacts,
  known: KnownSchemas,
): BookctlError | undefined {
  return problemOfState(client) ?? problemOfToken(client, facts) ?? problemOfSchema(client, known)
}

/** The bot whose token stands in `.env`, if that is a token. */
export function botInEnv({ secret }: Pick<FleetFacts, 'secret'>, id: string): string | undefined {
  return botIdOfToken(secret(clientNames(id).env.token) ?? '')
}

function problemOfState({ id, row, declared }: ClientFacts): BookctlError | undefined {
  if (row?.state === 'removing')
    return conflict('client-removing', `The removal of ${id} was begun and not finished`, {
      hint: `Finish it with: bookctl client remove ${id} --confirm ${id}`,
    })
  if (row?.state === 'restoring')
    return conflict('client-restoring', `A restore of ${id} was begun and not finished`, {
      hint: finishHint(id, row.state),
    })
  if (!declared) return undefined
  if (row?.state === 'detached')
    return conflict(
      'client-detached',
      `The data of ${id} was kept when it was removed, and clients/${id}.yml declares it`,
      {
        hint: `Take it up again with: bookctl client add ${id} --adopt. Otherwise delete the file.`,
      },
    )
  if (row?.state === 'removed')
    return conflict('client-removed', `${id} was removed, and clients/${id}.yml declares it again`, {
      hint: `To bring it back: bookctl restore ${id}. For a new client under this id give the file a new uuid: bookctl client add ${id} --new. Otherwise delete the file.`,
    })
  if (row && declared.uuid !== undefined && declared.uuid !== row.uuid)
    return new BookctlError(
      'uuid-differs',
      'configuration',
      `clients/${id}.yml has the UUID of another client`,
      {
        hint: `Expected ${row.uuid}. Correct it, then run this command again.`,
      },
    )
  return undefined
}

function problemOfToken({ id, row, declared }: ClientFacts, facts: FleetFacts): BookctlError | undefined {
  // A copy of a client has none until it gets a bot of its own, and is declared to be stopped.
  const runs = declared?.run !== false
  const needed = row ? (row.state === 'active' && runs) || row.state === 'pending' : declared !== undefined
  if (!needed) return undefined
  const entry = clientNames(id).env.token
  if (!facts.secret(entry))
    return new BookctlError('secret-missing', 'configuration', `${entry} is missing in .env`, {
      hint: `Add the line ${entry}=… with the token that @BotFather shows.`,
    })
  const botId = botInEnv(facts, id)
  if (botId === undefined)
    return new BookctlError('token-form', 'configuration', `${entry} in .env is not a bot token`, {
      hint: 'A token looks like 123456789:AAE…, as @BotFather shows it: digits, a colon, 35 characters.',
    })
  const owner = facts.clients.find(
    (other) => other.id !== id && other.row?.state !== 'removed' && other.row?.botId === botId,
  )
  return owner && tokenInUse(owner.id)
}

function problemOfSchema(
  { id, row, schemaVersion, rights }: ClientFacts,
  known: KnownSchemas,
): BookctlError | undefined {
  if (row?.state !== 'active') return undefined
  const names = clientNames(id)
  if (!rights || schemaVersion === undefined) return schemaMissing(names)
  if (schemaVersion > known.client) return schemaNewer(names, schemaVersion, known.client)
  // Tables of a version that is still to come are not missed.
  const missing = schemaVersion === known.client ? missingTables(rights) : []
  if (missing.length === 0) return undefined
  return conflict('tables-missing', `The schema of ${id} lacks ${missing.join(', ')}`, {
    hint: `Empty ones would hide that data is gone. The archives of ${id} are in backups/${id}/.`,
  })
}

function conflict(code: string, message: string, options: { hint: string }): BookctlError {
  return new BookctlError(code, 'conflict', message, options)
}
