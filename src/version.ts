import { readFileSync } from 'node:fs'
import { packageFile } from './files/package-root.ts'

/** Version of this bookctl. */
export const BOOKCTL_VERSION = (
  JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string }
).version
