// Builds what an operator runs: dist/ (the CLI and the sandbox, file by file) and
// dist/bot/bot.mjs (the runtime as one bundled file, so that its image needs no npm).
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
process.chdir(root)
rmSync('dist', { recursive: true, force: true })
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
})
for (const dir of ['bot/schema', 'sandbox/web']) {
  if (existsSync(dir)) cpSync(dir, `dist/${dir}`, { recursive: true, filter: (f) => !f.endsWith('.ts') })
}
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
  // Some dependencies are CommonJS and call require() for built-in modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  external: ['pg-native'],
})
