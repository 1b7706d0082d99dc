import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { BookctlError } from '../../errors.ts'
import { readIfExists, writeFileAtomic } from '../../files/atomic.ts'
import { findDeclaration, listClientIds, listDeclarations } from '../../fleet/clients.ts'
import { withFileLock } from '../../fleet/file-lock.ts'
import type { Fleet } from '../../fleet/fleet.ts'
import type { ClientDeclaration } from '../../fleet/schema.ts'
import { seal, unseal } from '../../fleet/sealed.ts'
import type { EngineDrift } from '../engine.ts'
import { renderBase } from './base-file.ts'
import { renderClientService } from './client-service.ts'
import { docker } from './docker.ts'
import { type Images, imagesOf } from './images.ts'
import { joinServices, serviceOf, splitServices } from './merged-file.ts'
import { readTemplate } from './templates.ts'
import { BASE_FILE, composeWords, MERGED_FILE } from './words.ts'

type PlannedFile = EngineDrift['files'][number]

const ABOUT = {
  base: 'from fleet.yml and its template; change those, then: bookctl apply',
  merged: 'from docker-compose.base.yml and clients/*.yml; it may be deleted without fear',
  client: 'from the block above, which is yours; this part is written anew',
}

/** What every generated file is made from; read once, then handed on. */
export interface FileSources {
  images: Images
  /** The clients whose own files are looked at. */
  declarations: readonly ClientDeclaration[]
}

/**
 * What the generated files should hold, against what they hold: all of them, or one client's and the merged one. Only
 * files that differ are in the answer. The base file is not looked at for one client: it stays what the servers were
 * started from, until `up` or `apply`.
 * @throws BookctlError (exit 10) for a declaration that cannot be followed.
 */
export async function planFiles(
  fleet: Fleet,
  { images, declarations }: FileSources,
  clientId?: string,
): Promise<PlannedFile[]> {
  const template = await readTemplate(fleet, 'client-service.yml')
  const base = await planBase(fleet, images)
  const clients = await Promise.all(declarations.map((one) => planClient(fleet, one, template, images)))
  const services = new Map(clients.map(({ clientId: id = '', after }) => [id, serviceOf(after) ?? '']))
  const alone =
    clientId === undefined || base.before === undefined
      ? undefined
      : await planMergedFor(fleet, clientId, services.get(clientId))
  const files = alone
    ? [...clients, alone]
    : [base, ...clients, await planMerged(fleet, base.after, services)]
  return files.filter(({ before, after }) => before !== after)
}

/** Writes what differs; a person's changes of generated text are kept aside first. True when something was written. */
export async function writeFiles(fleet: Fleet, clientId?: string): Promise<boolean> {
  // Seen without the lock, which is a file too: a bot whose files are right must start on a full disk.
  if (clientId !== undefined && (await planNow(fleet, clientId)).files.length === 0) return false
  return await withFileLock(fleet, async () => {
    const { images, declarations, files } = await planNow(fleet, clientId)
    const adjusted = new Set(declarations.filter(({ compose }) => compose).map(({ id }) => id))
    for (const file of files) if (adjusted.has(file.clientId ?? '')) await requireValid(fleet, file, images)
    for (const { path, before, after, edited } of files) {
      if (edited && before !== undefined) await keepAside(fleet, path, before)
      await writeFileAtomic(join(fleet.dir, path), after)
    }
    return files.length > 0
  })
}

async function planNow(
  fleet: Fleet,
  clientId: string | undefined,
): Promise<FileSources & { files: PlannedFile[] }> {
  const images = await imagesOf(fleet)
  const declarations =
    clientId === undefined
      ? await listDeclarations(fleet)
      : [await findDeclaration(fleet, clientId)].filter((one) => one !== undefined)
  const sources = { images, declarations }
  return { ...sources, files: await planFiles(fleet, sources, clientId) }
}

async function planBase(fleet: Fleet, images: Images): Promise<PlannedFile> {
  const before = await readIfExists(join(fleet.dir, BASE_FILE))
  const after = seal(ABOUT.base, renderBase(fleet, await readTemplate(fleet, BASE_FILE), images))
  return { path: BASE_FILE, before, after, edited: isEdited(before) }
}

async function planClient(
  fleet: Fleet,
  declaration: ClientDeclaration,
  template: string,
  images: Images,
): Promise<PlannedFile> {
  const { id } = declaration
  const path = `clients/${id}.yml`
  const before = await readIfExists(fleet.paths.clientFile(id))
  const found = before === undefined ? undefined : unseal(before)
  const own = found?.before ?? before ?? ''
  if (/^services:/m.test(own))
    throw new BookctlError(
      'services-foreign',
      'configuration',
      `${path} has services that bookctl did not write`,
      {
        hint: 'What you want to change of the bot goes under x-bookctl.compose; take the block services: out of the file.',
      },
    )
  const generated = seal(ABOUT.client, renderClientService(fleet, declaration, template, images))
  const gap = found || own.endsWith('\n\n') ? '' : own.endsWith('\n') ? '\n' : '\n\n'
  return { path, clientId: id, before, after: `${own}${gap}${generated}`, edited: found?.edited ?? false }
}

async function planMerged(
  fleet: Fleet,
  base: string,
  fresh: ReadonlyMap<string, string>,
): Promise<PlannedFile> {
  const before = await readIfExists(join(fleet.dir, MERGED_FILE))
  const ids = (await listClientIds(fleet)).filter((id) => !fresh.has(id))
  const services = new Map(fresh)
  for (const id of ids) {
    const service = serviceOf((await readIfExists(fleet.paths.clientFile(id))) ?? '')
    if (service !== undefined) services.set(id, service)
  }
  const after = seal(ABOUT.merged, joinServices(unseal(base)?.body ?? '', services))
  return { path: MERGED_FILE, before, after, edited: isEdited(before) }
}

/** One service put in, replaced or taken out; undefined where the file is missing or not as we wrote it. */
async function planMergedFor(
  fleet: Fleet,
  clientId: string,
  service: string | undefined,
): Promise<PlannedFile | undefined> {
  const before = await readIfExists(join(fleet.dir, MERGED_FILE))
  const found = before === undefined ? undefined : unseal(before)
  if (!found || found.edited) return undefined
  const { base, services } = splitServices(found.body.replaceAll('\r\n', '\n'))
  if (service === undefined) services.delete(clientId)
  else services.set(clientId, service)
  return { path: MERGED_FILE, before, after: seal(ABOUT.merged, joinServices(base, services)), edited: false }
}

/** Text of ours that a person has changed, or a file of that name that we never wrote. */
function isEdited(text: string | undefined): boolean {
  return text !== undefined && unseal(text)?.edited !== false
}

/** One mistake in one client's x-bookctl.compose would stop every docker compose command over the merged file. */
async function requireValid(fleet: Fleet, file: PlannedFile, images: Images): Promise<void> {
  const service = serviceOf(file.after) ?? ''
  if (serviceOf(file.before ?? '') === service) return
  const base = renderBase(fleet, await readTemplate(fleet, BASE_FILE), images)
  try {
    await docker(composeWords(fleet.settings.name, ['-'], 'config', '--quiet'), {
      cwd: fleet.dir,
      stdin: `${base}\n${service}`,
    })
  } catch (error) {
    if (!(error instanceof BookctlError) || error.code !== 'docker-failed') throw error
    throw new BookctlError(
      'compose-refused',
      'configuration',
      `${file.path}: Compose refuses x-bookctl.compose.\n${error.message}`,
      {
        hint: `Correct x-bookctl.compose in ${file.path}; nothing was changed.`,
        cause: error,
      },
    )
  }
}

async function keepAside(fleet: Fleet, path: string, text: string): Promise<void> {
  await mkdir(fleet.paths.edited, { recursive: true, mode: 0o700 })
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-')
  await writeFileAtomic(join(fleet.paths.edited, `${stamp}-${path.replaceAll('/', '-')}`), text, {
    mode: 0o600,
  })
}
