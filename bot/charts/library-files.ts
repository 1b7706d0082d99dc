import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

/** Files of packages that drawing needs, as they lie in their packages. The build packs those named here into the bundle. */
const FILES = {
  library: '@resvg/resvg-wasm',
  wasm: '@resvg/resvg-wasm/index_bg.wasm',
  font: '@expo-google-fonts/pt-sans/400Regular/PTSans_400Regular.ttf',
} as const

/** Read anew each time: whoever draws once a week need not keep megabytes. */
export function readLibraryFile(name: keyof typeof FILES): Promise<Buffer> {
  return readFile(createRequire(import.meta.url).resolve(FILES[name]))
}
