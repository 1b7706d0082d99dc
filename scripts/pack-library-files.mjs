import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { brotliCompressSync, constants } from 'node:zlib'

/** The best takes ten times as long for a tenth less. */
const QUALITY = { [constants.BROTLI_PARAM_QUALITY]: 9 }

/**
 * Lets the bundle carry the files of packages that `bot/charts/library-files.ts` names, compressed: the bot's image has
 * nothing but the one file. They are unpacked when somebody wants a picture, and not before.
 */
export const packLibraryFiles = {
  name: 'library-files',
  setup(build) {
    build.onLoad({ filter: /[/\\]bot[/\\]charts[/\\]library-files\.ts$/ }, ({ path }) => {
      const require = createRequire(path)
      const named = readFileSync(path, 'utf8').matchAll(/^ {2}(\w+): '([^']+)',$/gm)
      const packed = Object.fromEntries(
        Array.from(named, ([, name, file]) => [
          name,
          brotliCompressSync(readFileSync(require.resolve(file)), { params: QUALITY }).toString('base64'),
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
