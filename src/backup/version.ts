import { existsSync, readFileSync } from 'node:fs'

/** Version of this bookctl, from the nearest package.json above: one folder deeper in dist/ than in the sources. */
export const BOOKCTL_VERSION = readVersion()

function readVersion(): string {
  const candidates = ['../../package.json', '../../../package.json'].map(
    (path) => new URL(path, import.meta.url),
  )
  const file = candidates.find((candidate) => existsSync(candidate))
  if (!file) throw new Error('package.json is missing beside bookctl')
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
