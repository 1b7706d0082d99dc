import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readIfExists, writeFileAtomic } from '../../../src/files/atomic.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'bookctl-files-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)

test('a new file has the mode that was asked for, whatever the umask', async () => {
  const path = join(dir, '.env')
  await writeFileAtomic(path, 'A=1\n', { mode: 0o600 })
  expect([readFileSync(path, 'utf8'), mode(path)]).toEqual(['A=1\n', '600'])
})

test('a file that is there keeps its mode, and no temporary file stays', async () => {
  const path = join(dir, 'file')
  writeFileSync(path, 'old')
  chmodSync(path, 0o640)
  await writeFileAtomic(path, 'new', { mode: 0o600 })
  expect([readFileSync(path, 'utf8'), mode(path), readdirSync(dir)]).toEqual(['new', '640', ['file']])
})

test('a symbolic link stays one: the file that it names is changed', async () => {
  writeFileSync(join(dir, 'real'), 'old')
  symlinkSync('real', join(dir, 'link'))
  await writeFileAtomic(join(dir, 'link'), 'new')
  expect(lstatSync(join(dir, 'link')).isSymbolicLink()).toBe(true)
  expect(readFileSync(join(dir, 'real'), 'utf8')).toBe('new')
})

test('when it cannot be written, the error comes through and nothing is left behind', async () => {
  await expect(writeFileAtomic(join(dir, 'missing', 'file'), 'x')).rejects.toMatchObject({ code: 'ENOENT' })
  writeFileSync(join(dir, 'file'), 'x')
  await expect(readIfExists(join(dir, 'file', 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' })
  expect(await readIfExists(join(dir, 'none'))).toBeUndefined()
})
