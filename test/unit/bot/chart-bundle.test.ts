import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { decode } from 'fast-png'
import { expect, onTestFinished, test } from 'vitest'
import { packLibraryFiles } from '../../../scripts/pack-library-files.mjs'

const draw = fileURLToPath(new URL('../../../bot/charts/draw.ts', import.meta.url))
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60"><text y="40" font-size="40">Ёлка ₽</text></svg>'

test('the bundle draws on a machine that has nothing but the bundle', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chart-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  await build({
    entryPoints: [draw],
    outfile: join(folder, 'draw.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    plugins: [packLibraryFiles],
  })
  writeFileSync(
    join(folder, 'main.mjs'),
    `import { drawPng } from './draw.mjs'
process.stdout.write(await drawPng(${JSON.stringify(SVG)}))`,
  )
  const picture = decode(execFileSync(process.execPath, ['main.mjs'], { cwd: folder }))
  expect([picture.width, picture.height]).toEqual([200, 60])
  // Letters were drawn: a font that is not there leaves nothing.
  expect(picture.data.some((value) => value > 0)).toBe(true)
})
