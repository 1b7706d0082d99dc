import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readIfExists } from '../../files/atomic.ts'
import { packageFile } from '../../files/package-root.ts'
import type { Fleet } from '../../fleet/fleet.ts'
import { BASE_FILE } from './words.ts'

type Template = typeof BASE_FILE | 'bot.Dockerfile' | 'client-service.yml' | 'docker-compose.sandbox.yml'

/** A template: the fleet's own of that name in its `templates/` folder, or the one that ships with bookctl. */
export async function readTemplate(fleet: Fleet, name: Template): Promise<string> {
  const own = await readIfExists(join(fleet.dir, 'templates', name))
  if (own !== undefined) return own
  return await readFile(packageFile(name === BASE_FILE ? name : `templates/${name}`), 'utf8')
}
