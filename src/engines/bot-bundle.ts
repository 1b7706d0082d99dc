import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { BookctlError } from '../errors.ts'
import { packageFile } from '../files/package-root.ts'

/**
 * The runtime as one file.
 * @throws BookctlError (exit 13) where it was not built.
 */
export function findBotBundle(): string {
  const named = process.env['BOOKCTL_BOT_PROGRAM']
  if (named) return named
  const built = fileURLToPath(packageFile('dist/bot/bot.mjs'))
  if (existsSync(built)) return built
  throw new BookctlError('bot-not-built', 'preflight', 'The bot program dist/bot/bot.mjs is missing', {
    hint: 'npm run build',
  })
}

let hashed: { file: string; hash: string } | undefined

/**
 * SHA-256 of the bundle, in hex: what tells a bot of this bookctl from one of an older bookctl. Megabytes are read, so
 * they are read once, and again when the file is another: a supervisor lives on through an update.
 */
export function hashBotBundle(): string {
  const path = findBotBundle()
  const { mtimeMs, size } = statSync(path)
  const file = `${path} ${mtimeMs} ${size}`
  if (hashed?.file !== file)
    hashed = { file, hash: createHash('sha256').update(readFileSync(path)).digest('hex') }
  return hashed.hash
}
