import { createHash } from 'node:crypto'
import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { BookctlError } from '../../errors.ts'
import type { RunOptions } from '../../exec/exec.ts'
import { writeFileAtomic } from '../../files/atomic.ts'
import { fillTemplate } from '../../files/fill-template.ts'
import type { Fleet } from '../../fleet/fleet.ts'
import { BOOKCTL_VERSION } from '../../version.ts'
import { findBotBundle, hashBotBundle } from '../bot-bundle.ts'
import { docker } from './docker.ts'
import { readTemplate } from './templates.ts'
import { LABEL } from './words.ts'

/** What ends the docker commands of a longer work. */
export type Stop = Pick<RunOptions, 'signal'>

/** As `Stop`, and what hears of each thing that takes long, before it begins. */
export interface Watch extends Stop {
  say?: (line: string) => void
}

/** Names of the images as they are pulled, built and run: with the registry of `fleet.yml` before each. */
export interface Images {
  postgres: string
  redis: string
  node: string
  /** Made on this host. Its tag changes with the bundle, the Dockerfile and the base image. */
  bot: string
}

export async function imagesOf(fleet: Fleet): Promise<Images> {
  const { registry, postgres, redis, node } = fleet.settings.images
  const named = (image: string) => (registry === null ? image : `${registry}/${image}`)
  const dockerfile = await dockerfileOf(fleet, named(node))
  const content = createHash('sha256').update(hashBotBundle()).update(dockerfile).digest('hex').slice(0, 12)
  return {
    postgres: named(postgres),
    redis: named(redis),
    node: named(node),
    bot: named(`bookctl-bot:${BOOKCTL_VERSION}-${content}`),
  }
}

async function dockerfileOf(fleet: Fleet, nodeImage: string): Promise<string> {
  return fillTemplate(await readTemplate(fleet, 'bot.Dockerfile'), { nodeImage })
}

export async function hasImage(image: string): Promise<boolean> {
  try {
    await docker(['image', 'inspect', '--format', '{{.Id}}', image])
    return true
  } catch (error) {
    if (error instanceof BookctlError && error.code === 'docker-failed') return false
    throw error
  }
}

/**
 * Pulls an image that is not on this host yet.
 * @throws BookctlError `image-not-pulled` (exit 3) naming it, and where another registry is set.
 */
export async function ensurePulled(image: string, { say, ...stop }: Watch = {}): Promise<void> {
  if (await hasImage(image)) return
  say?.(`pulling the image ${image}`)
  try {
    await docker(['pull', '--quiet', image], stop)
  } catch (error) {
    if (!(error instanceof BookctlError) || error.code !== 'docker-failed') throw error
    throw new BookctlError(
      'image-not-pulled',
      'partly',
      `The image ${image} cannot be pulled.\n${error.message}`,
      {
        hint: 'Where this registry is slow or shut, name another one in fleet.yml: images.registry. Then run the command again.',
        cause: error,
      },
    )
  }
}

/**
 * What the image of the bots is built from: it stays in the fleet folder, so that `docker compose build` of a person
 * makes the same image.
 */
export async function writeBuildFolder(fleet: Fleet, images: Images): Promise<void> {
  const folder = fleet.paths.image
  await mkdir(folder, { recursive: true })
  await copyFile(findBotBundle(), join(folder, 'bot.mjs'))
  await writeFileAtomic(join(folder, 'Dockerfile'), await dockerfileOf(fleet, images.node))
}

/**
 * Builds the image of the bots where it is missing; `rebuild` builds it anew, without Docker's cache. It bears the label
 * of the fleet that has built it, and may be taken away by no other.
 */
export async function ensureBotImage(
  fleet: Fleet,
  images: Images,
  { rebuild = false, ...watch }: { rebuild?: boolean } & Watch = {},
): Promise<void> {
  if (!rebuild && (await hasImage(images.bot))) return
  await writeBuildFolder(fleet, images)
  await ensurePulled(images.node, watch)
  const { say, ...stop } = watch
  say?.(`building the image ${images.bot}`)
  const fresh = rebuild ? ['--no-cache'] : []
  const label = `${LABEL.fleet}=${fleet.settings.id}`
  await docker(['build', '--quiet', ...fresh, '--label', label, '--tag', images.bot, fleet.paths.image], stop)
}
