// Builds what an operator runs:
//   dist/src/       the CLI and the local engine's supervisor, bundled with their packages; heavy parts are files of their own
//   dist/bot/       the runtime as one bundled file, so that its image needs no npm; and the SQL of the schemas
//   dist/sandbox/   file by file: it is copied as it is into a container
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, rmSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { BUNDLE, bundleBot } from './bundle.mjs'
import { writeLicences } from './licences.mjs'
import { packedFiles } from './pack-library-files.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
process.chdir(root)
rmSync('dist', { recursive: true, force: true })
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
})
for (const dir of ['bot/schema', 'sandbox/web']) {
  if (existsSync(dir)) cpSync(dir, `dist/${dir}`, { recursive: true, filter: (f) => !f.endsWith('.ts') })
}

/** What has files of its own beside it stays where tsc has put it; all bundled files lie in one folder, so one path fits. */
const besideTheBundle = {
  name: 'beside-the-bundle',
  setup({ onResolve }) {
    onResolve({ filter: /\/(sandbox|bot\/schema)\/.*\.ts$/ }, ({ path, resolveDir }) => {
      const built = resolve('dist', relative(root, resolve(resolveDir, path)).replace(/\.ts$/, '.js'))
      return { path: relative('dist/src', built), external: true }
    })
  },
}

const cli = await build({
  ...BUNDLE,
  entryPoints: ['src/cli.ts', 'src/engines/local/supervisor-main.ts'],
  outdir: 'dist/src',
  entryNames: '[name]',
  chunkNames: '[name]-[hash]',
  splitting: true,
  plugins: [besideTheBundle],
  // It reads its WebAssembly from the folder of its package.
  external: [...BUNDLE.external, 'sql.js'],
})
const bot = await bundleBot('dist/bot/bot.mjs')
writeLicences('dist/LICENCES.txt', [cli.metafile, bot.metafile], packedFiles())
