// Builds what an operator runs: dist/ (the sandbox and the CLI, file by file but for the CLI's start) and
// dist/bot/bot.mjs (the runtime as one bundled file, so that its image needs no npm).
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { packLibraryFiles } from './pack-library-files.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
process.chdir(root)
rmSync('dist', { recursive: true, force: true })
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
})
for (const dir of ['bot/schema', 'sandbox/web']) {
  if (existsSync(dir)) cpSync(dir, `dist/${dir}`, { recursive: true, filter: (f) => !f.endsWith('.ts') })
}

// Some dependencies are CommonJS and call require() for built-in modules.
const banner = {
  js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
}

// `--help` needs commander and what every command declares: one file in place of thirty halves the time beside Node's
// own start. Only these go in; every other module must stay the one instance that actions import as well.
const home = resolve('dist/src')
await build({
  entryPoints: ['dist/src/cli.js'],
  outfile: 'dist/src/cli.js',
  allowOverwrite: true,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  logLevel: 'warning',
  banner,
  plugins: [
    {
      name: 'start-of-the-cli',
      setup(start) {
        start.onResolve({ filter: /^\./ }, ({ path, resolveDir, kind }) => {
          if (resolveDir.includes('node_modules') || kind === 'entry-point') return undefined
          const file = relative(home, resolve(resolveDir, path))
          const declares = /^(program\.js|commands\/.*)$/.test(file)
          if (declares && kind !== 'dynamic-import') return undefined
          return { path: `./${file}`, external: true }
        })
      },
    },
  ],
})

mkdirSync('dist/bot', { recursive: true })
await build({
  entryPoints: ['bot/main.ts'],
  outfile: 'dist/bot/bot.mjs',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: 'linked',
  legalComments: 'none',
  // node-fetch, which grammY uses, knows an AbortSignal by the name of its class; esbuild renames what clashes.
  keepNames: true,
  logLevel: 'warning',
  banner,
  external: ['pg-native'],
  plugins: [packLibraryFiles],
})
