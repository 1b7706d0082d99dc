import { BookctlError } from '../../errors.ts'
import type { Fleet } from '../../fleet/fleet.ts'
import { rowsOf } from './containers.ts'
import { docker } from './docker.ts'
import { imagesOf } from './images.ts'
import { LABEL } from './words.ts'

/**
 * Removes the images of bots that this fleet has built, but the one of now, the one before it, and any that a container
 * still uses, whoever's that is. Answers with what they were called.
 */
export async function removeOldImages(fleet: Fleet): Promise<string[]> {
  const { bot } = await imagesOf(fleet)
  const label = `label=${LABEL.fleet}=${fleet.settings.id}`
  const format = '{{.ID}}\t{{.Repository}}:{{.Tag}}'
  // Docker lists the newest first. One whose name a newer image has taken has an id only.
  const [, ...old] = rowsOf(await docker(['image', 'ls', '--filter', label, '--format', format]))
    .map(([id = '', name = '']) => (name.includes('<none>') ? id : name))
    .filter((image) => image !== bot)
  const removed: string[] = []
  for (const image of old) if (await isRemoved(image)) removed.push(image)
  return removed
}

async function isRemoved(image: string): Promise<boolean> {
  try {
    await docker(['image', 'rm', image])
    return true
  } catch (error) {
    // Docker itself refuses for an image that a container uses.
    if (error instanceof BookctlError && error.code === 'docker-failed') return false
    throw error
  }
}
