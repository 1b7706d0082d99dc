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
import { readTemplate } from './templates.ts'
import { BASE_FILE, composeWords, MERGED_FILE } from './words.ts'

type PlannedFile = EngineDrift['files'][number]

const ABOUT = {
  base: 'from fleet.yml and its template; change those, then: bookctl apply',
  merged: 'from docker-compose.base.yml and clients/*.yml; it may be deleted without fear',
  client: 'from the block above, which is yours; this part is written anew',
}

/**
 * What the generated files should hold, against what they hold: all of them, or one client's and the merged one. Only
 * files that differ are in the answer. The base file is not looked at for one client: it stays what the servers were
 * started from, until `up` or `apply`.
 * @throws BookctlError (exit 10) for a declaration that cannot be followed.
 */
export async function planFiles(fleet: Fleet, clientId?: string): Promise<PlannedFile[]> {
  const images = await imagesOf(fleet)
  const template = await readTemplate(fleet, 'client-service.yml')
  const [declarations, base] = await Promise.all([
    clientId === undefined
      ? listDeclarations(fleet)
      : findDeclaration(fleet, clientId).then((one) => (one ? [one] : [])),
    planBase(fleet, images),
  ])
  const kept = clientId !== undefined && base.before !== undefined ? base.before : base.after
  const clients = await Promise.all(declarations.map((one) => planClient(fleet, one, template, images)))
  const merged = await planMerged(
    fleet,
    kept,
    new Map(clients.map((file) => [file.clientId ?? '', file.after])),
  )
  return [...(kept === base.after ? [base] : []), ...clients, merged].filter(
    ({ before, after }) => before !== after,
  )
}

/** Writes what differs; a person's changes of generated text are kept aside first. True when something was written. */
export async function writeFiles(fleet: Fleet, clientId?: string): Promise<boolean> {
  return await withFileLock(fleet, async () => {
    const files = await planFiles(fleet, clientId)
    for (const file of files) if (file.clientId !== undefined) await requireValid(fleet, file)
    for (const { path, before, after, edited } of files) {
      if (edited && before !== undefined) await keepAside(fleet, path, before)
      await writeFileAtomic(join(fleet.dir, path), after)
    }
    return files.length > 0
  })
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

/** Joined as text: parsing a thousand files anew would cost seconds at every change of one. */
async function planMerged(
  fleet: Fleet,
  base: string,
  fresh: ReadonlyMap<string, string>,
): Promise<PlannedFile> {
  const before = await readIfExists(join(fleet.dir, MERGED_FILE))
  const declared = await listClientTexts(fleet)
  for (const [id, text] of fresh) declared.set(id, text)
  const services = [...declared]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, text]) => {
      const body = unseal(text)?.body
      return body === undefined ? [] : [body.replaceAll('\r\n', '\n').replace(/^services:\n/, '\n')]
    })
  const after = seal(ABOUT.merged, `${unseal(base)?.body ?? ''}${services.join('')}`)
  return { path: MERGED_FILE, before, after, edited: isEdited(before) }
}

async function listClientTexts(fleet: Fleet): Promise<Map<string, string>> {
  const ids = await listClientIds(fleet)
  const texts = await Promise.all(ids.map((id) => readIfExists(fleet.paths.clientFile(id))))
  return new Map(
    ids.flatMap((id, index) => (texts[index] === undefined ? [] : [[id, texts[index]] as const])),
  )
}

/** Text of ours that a person has changed, or a file of that name that we never wrote. */
function isEdited(text: string | undefined): boolean {
  return text !== undefined && unseal(text)?.edited !== false
}

/** One mistake in one client's file would stop every docker compose command over the merged file. */
async function requireValid(fleet: Fleet, file: PlannedFile): Promise<void> {
  const body = unseal(file.after)?.body ?? ''
  if (unseal(file.before ?? '')?.body === body) return
  const declared = file.clientId === undefined ? undefined : await findDeclaration(fleet, file.clientId)
  if (declared?.compose === undefined) return
  const base = seal(
    ABOUT.base,
    renderBase(fleet, await readTemplate(fleet, BASE_FILE), await imagesOf(fleet)),
  )
  const services = body.replace(/^services:\n/, '\n')
  try {
    await docker(composeWords(fleet.settings.name, ['-'], 'config', '--quiet'), {
      cwd: fleet.dir,
      stdin: `${base}${services}`,
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
