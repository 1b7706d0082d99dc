import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { packLocales } from './locales.mjs'
import { packLibraryFiles } from './pack-library-files.mjs'

/** How our programs become bundles: one way for the CLI and for the runtime. */
export const BUNDLE = {
  absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: 'linked',
  // A trace needs places, not the text.
  sourcesContent: false,
  // Of every package in a bundle there is the whole licence: see licences.mjs.
  legalComments: 'none',
  // Libraries know classes by their names (node-fetch an AbortSignal); esbuild renames what clashes.
  keepNames: true,
  // Half of the bytes, so a program starts sooner; names stay, and lines are short enough for a trace.
  minifyWhitespace: true,
  lineLimit: 200,
  metafile: true,
  logLevel: 'warning',
  // Node.js 20 has no navigator; without it pg asks a Response whether this is Cloudflare, and fetch is loaded for that.
  define: { 'navigator.userAgent': '"Node.js"', navigator: 'globalThis' },
  // Some dependencies are CommonJS and call require() for built-in modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  external: ['pg-native'],
}

/** The runtime as one file: its image needs no npm. */
export function bundleBot(outfile) {
  return build({ ...BUNDLE, entryPoints: ['bot/main.ts'], outfile, plugins: [packLibraryFiles, packLocales] })
}
