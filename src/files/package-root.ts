import { existsSync } from 'node:fs'

/** The folder of bookctl's own package.json: the nearest one above, in a checkout and in a build (dist/ has none). */
const ROOT = packageRoot()

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
