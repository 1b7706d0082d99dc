import { mkdir, readdir, rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { stringify } from 'yaml'
import { BookctlError } from '../errors.ts'
import { readIfExists, syncFolder, writeFileAtomic } from '../files/atomic.ts'
import { mapLimited } from '../files/map-limited.ts'
import { withFileLock } from './file-lock.ts'
import type { Fleet } from './fleet.ts'
import { CLIENT_ID_FORM, parseClientId } from './names.ts'
import { nearest } from './nearest.ts'
import { type ClientDeclaration, clientDeclarationSchema } from './schema.ts'
import { unseal } from './sealed.ts'
import { parseYaml, setYamlScalar } from './yaml.ts'

const ROOT = 'x-bookctl'

/** A declaration as a person may write it: `apply` and `client add` give it the uuid that it lacks. */
export type WrittenDeclaration = Omit<ClientDeclaration, 'uuid'> & { uuid?: string | undefined }

const writtenSchema = clientDeclarationSchema.partial({ uuid: true })

/**
 * All declared clients, by id. A file without a uuid is left out: its client was never added.
 * @throws BookctlError (exit 10) naming the file that is wrong.
 */
export async function listDeclarations(fleet: Fleet): Promise<ClientDeclaration[]> {
  return (await listWritten(fleet)).filter(hasUuid)
}

/** Ids that have a file in `clients/`, sorted. Nothing is read of the files. */
export async function listClientIds(fleet: Fleet): Promise<string[]> {
  const files = await readdir(fleet.paths.clients).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return files
    .filter((file) => file.endsWith('.yml'))
    .map((file) => basename(file, '.yml'))
    .filter((id) => CLIENT_ID_FORM.test(id))
    .toSorted()
}

/** Every client file, by id, those without a uuid too. @throws BookctlError (exit 10) naming the file that is wrong. */
export async function listWritten(fleet: Fleet): Promise<WrittenDeclaration[]> {
  const ids = await listClientIds(fleet)
  const found = await mapLimited(ids, 64, (id) => findWritten(fleet, id))
  return found.filter((declaration) => declaration !== undefined)
}

/**
 * The declaration of a client; undefined when there is no such file.
 * @throws BookctlError (exit 10) for a file that has mistakes, or no uuid yet.
 */
export async function findDeclaration(fleet: Fleet, id: string): Promise<ClientDeclaration | undefined> {
  const written = await findWritten(fleet, id)
  if (written === undefined || hasUuid(written)) return written
  throw new BookctlError('uuid-missing', 'configuration', `clients/${id}.yml has no uuid yet`, {
    hint: `bookctl apply ${id} gives it one, and adds the client if it is new.`,
  })
}

/** The file of a client as it is written; undefined when there is none. */
export async function findWritten(fleet: Fleet, id: string): Promise<WrittenDeclaration | undefined> {
  const text = await readIfExists(fleet.paths.clientFile(id))
  if (text === undefined) return undefined
  const file = `clients/${id}.yml`
  // What an engine has generated below is not read: it follows the declaration, and costs time at a thousand clients.
  const declaration = parseYaml(unseal(text)?.before ?? text, writtenSchema, { file, root: [ROOT] })
  if (declaration.id !== id)
    throw new BookctlError('file-invalid', 'configuration', `${file} declares the id ${declaration.id}`, {
      hint: `The id and the file's name must be the same: rename the file, or write id: ${id}.`,
    })
  return declaration
}

function hasUuid(declaration: WrittenDeclaration): declaration is ClientDeclaration {
  return declaration.uuid !== undefined
}

/** @throws BookctlError (exit 4) for a client that is not declared, with the nearest names. */
export async function getDeclaration(fleet: Fleet, id: string): Promise<ClientDeclaration> {
  return (await findDeclaration(fleet, id)) ?? (await throwNotFound(fleet, id))
}

async function throwNotFound(fleet: Fleet, id: string): Promise<never> {
  const ids = (await listWritten(fleet)).map((one) => one.id)
  const near = nearest(id, ids)
  throw new BookctlError('client-not-found', 'notFound', `There is no client ${id} in this fleet`, {
    hint: near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'See: bookctl client list',
  })
}

/** Writes the complete, commented file of a new client. */
export async function writeDeclaration(fleet: Fleet, declaration: ClientDeclaration): Promise<void> {
  await mkdir(fleet.paths.clients, { recursive: true })
  await withFileLock(fleet, () =>
    writeFileAtomic(fleet.paths.clientFile(declaration.id), render(declaration)),
  )
}

/** Changes declared values in place; every other byte stays. False: it was so already. */
export async function updateDeclaration(
  fleet: Fleet,
  id: string,
  changes: Partial<Pick<ClientDeclaration, 'uuid' | 'title' | 'timeZone' | 'run'>>,
): Promise<boolean> {
  return withFileLock(fleet, async () => {
    if ((await findWritten(fleet, id)) === undefined) await throwNotFound(fleet, id)
    const path = fleet.paths.clientFile(id)
    const text = (await readIfExists(path)) ?? ''
    const own = unseal(text)?.before ?? text
    let changed = own
    for (const [key, value] of Object.entries(changes))
      if (value !== undefined) changed = setYamlScalar(changed, [ROOT, key], value)
    if (changed === own) return false
    await writeFileAtomic(path, `${changed}${text.slice(own.length)}`)
    return true
  })
}

/** Deletes a client's file. False: there was none. */
export async function removeDeclaration(fleet: Fleet, id: string): Promise<boolean> {
  return withFileLock(fleet, async () => {
    const path = fleet.paths.clientFile(id)
    if ((await readIfExists(path)) === undefined) return false
    await rm(path)
    await syncFolder(fleet.paths.clients)
    return true
  })
}

/**
 * The clients that a command over several was asked for, each once, in the order typed.
 * @throws BookctlError (exit 2) when neither ids nor --all were given, or both; (exit 4) for an unknown one.
 */
export async function selectClients(
  fleet: Fleet,
  typed: readonly string[],
  all: boolean,
): Promise<ClientDeclaration[]> {
  if (all && typed.length > 0)
    throw new BookctlError('clients-ambiguous', 'usage', 'Both ids and --all were given', {
      hint: 'Name the clients, or give --all alone.',
    })
  if (all) return listDeclarations(fleet)
  if (typed.length === 0)
    throw new BookctlError('clients-missing', 'usage', 'No client was named', {
      hint: 'Name one or more clients, or give --all.',
    })
  const ids = [...new Set(typed.map(parseClientId))]
  return Promise.all(ids.map((id) => getDeclaration(fleet, id)))
}

function render({ id, uuid, title, timeZone, run, initial }: ClientDeclaration): string {
  const value = (declared: unknown) => stringify(declared, { lineWidth: 0 }).trimEnd()
  const filled = Object.entries(initial).filter(([, one]) => one !== undefined)
  const block =
    filled.length === 0
      ? ['  initial: {}']
      : [
          '  initial:',
          ...stringify(Object.fromEntries(filled), { lineWidth: 0 })
            .trimEnd()
            .split('\n')
            .map((line) => `    ${line}`),
        ]
  return `# The client ${id} of this fleet. Its token and first admins are in .env.
# Edit the x-bookctl block, then: bookctl apply ${id} (bookctl diff ${id} shows what that does)
${ROOT}:
  id: ${id}
  # Tells this client's archives from those of another that once had the same id. Never change it.
  uuid: ${uuid}
  # Shown to customers. Change it with: bookctl client set ${id} --title …
  title: ${value(title)}
  # IANA time zone in which the business works.
  timeZone: ${value(timeZone)}
  # false while the operator keeps the bot stopped (bookctl client stop).
  run: ${run}
  # Filled into the client's tables once, when it was made. From then on its tables are the truth:
  # see them with bookctl client show ${id}, change them with bookctl client set ${id}.
${block.join('\n')}
`
}
