import { existsSync } from 'node:fs'

/** The folder of bookctl's own package.json: the nearest one above, in a checkout and in a build (dist/ has none). */
const ROOT = packageRoot()

/** bookctl's own code: the sources, or the folder that the build bundles all of them into. */
export const PROGRAM = import.meta.url.endsWith('.ts')
  ? { folder: new URL('src/', ROOT), supervisor: new URL('src/engines/local/supervisor-main.ts', ROOT) }
  : { folder: new URL('dist/src/', ROOT), supervisor: new URL('dist/src/supervisor-main.js', ROOT) }

/** A file that ships with bookctl, as `templates/fleet.yml`. */
export function packageFile(path: string): URL {
  return new URL(path, ROOT)
}

function packageRoot(): URL {
  for (let folder = new URL('./', import.meta.url); ; folder = new URL('../', folder)) {
    if (existsSync(new URL('package.json', folder))) return folder
    if (folder.pathname === '/') throw new Error('package.json is missing beside bookctl')
  }
}
