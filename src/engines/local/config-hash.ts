import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PROGRAM } from '../../files/package-root.ts'
import { hashBotBundle } from '../bot-bundle.ts'

const sha256 = (content: string) => createHash('sha256').update(content).digest('hex')

/**
 * What a bot is started with, as `program.environment`, each a hash. Only what bookctl decides counts: PATH and the
 * Node.js of whoever started it are not in it, or the supervisor and a command would never agree.
 */
export function botConfigHash(words: readonly string[], environment: Record<string, string>): string {
  const program = sha256(JSON.stringify([hashBotBundle(), ...words]))
  const entries = Object.entries(environment).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `${program}.${sha256(JSON.stringify(entries))}`
}

/** Why a bot that was started with `before` is to be started again with `now`; undefined when both are the same. */
export function whyAnother(before: string | undefined, now: string): string | undefined {
  if (before === now) return undefined
  if (before === undefined) return 'what it was started with is not known'
  const [program, environment] = before.split('.')
  const reasons = [
    ...(now.startsWith(`${program}.`) ? [] : ['another version of its program is installed']),
    ...(now.endsWith(`.${environment}`)
      ? []
      : ['its token, or another setting of its environment, has changed']),
  ]
  return reasons.join('; ')
}

/** Identity of bookctl's own program: a supervisor outlives the command that started it, and an update of bookctl too. */
export function ownProgramHash(): string {
  const root = fileURLToPath(PROGRAM.folder)
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[jt]s$/.test(file))
    .toSorted()
  const hash = createHash('sha256')
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
  return hash.digest('hex')
}
