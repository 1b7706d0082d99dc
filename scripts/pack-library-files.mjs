import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'

/** The best takes ten times as long for a tenth less. */
const QUALITY = { [constants.BROTLI_PARAM_QUALITY]: 9 }

const NAMES = new URL('../bot/charts/library-files.ts', import.meta.url)

function namedFiles() {
  return Array.from(readFileSync(NAMES, 'utf8').matchAll(/^ {2}(\w+): '([^']+)',$/gm), ([, name, file]) => ({
    name,
    file: createRequire(NAMES).resolve(file),
  }))
}

/** Paths from the root of the repository, as a metafile has them. */
export function packedFiles() {
  const root = fileURLToPath(new URL('..', import.meta.url))
  return namedFiles().map(({ file }) => relative(root, file))
}

/**
 * Lets the bundle carry the files of packages that `bot/charts/library-files.ts` names, compressed: the bot's image has
 * nothing but the one file. They are unpacked when somebody wants a picture, and not before.
 */
export const packLibraryFiles = {
  name: 'library-files',
  setup(build) {
    build.onLoad({ filter: /[/\\]bot[/\\]charts[/\\]library-files\.ts$/ }, () => {
      const packed = Object.fromEntries(
        namedFiles().map(({ name, file }) => [
          name,
          brotliCompressSync(readFileSync(file), { params: QUALITY }).toString('base64'),
        ]),
      )
      return {
        loader: 'js',
        contents: `
          import { promisify } from 'node:util'
          import { brotliDecompress } from 'node:zlib'
          const packed = ${JSON.stringify(packed)}
          export const readLibraryFile = (name) => promisify(brotliDecompress)(Buffer.from(packed[name], 'base64'))
        `,
      }
    })
  },
}
