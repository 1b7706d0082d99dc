import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseAdminIds, parseWorkHours, readServicesFile } from '../../../src/operations/client-values.ts'

function file(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'services-')), 'services.yml')
  writeFileSync(path, text)
  return path
}

test('a services file may leave out price and description', async () => {
  expect(await readServicesFile(file('- name: Cut\n  minutes: 30\n'))).toEqual([
    { name: 'Cut', minutes: 30, description: '' },
  ])
})

test('all mistakes of a services file are told at once, each with its line', async () => {
  const path = file(
    '- name: Cut\n  minutes: 3\n- minutes: 30\n  prize: 5\n- name: Cut\n  minutes: 30\n- name: Cut\n  minutes: 40\n',
  )
  const error = await readServicesFile(path).catch(
    (caught: unknown) => caught as { details: { mistakes: string[] } },
  )
  expect(
    (error as { details: { mistakes: string[] } }).details.mistakes.map((text) =>
      text.split(':').slice(0, 2),
    ),
  ).toEqual([
    ['line 2', ' service 1, minutes'],
    ['line 3', ' service 2, name'],
    ['line 4', ' service 2, prize'],
    ['line 7', ' service 4'],
  ])
})

test('a services file that is no YAML, or no list, says where', async () => {
  await expect(readServicesFile(file('- name: [\n'))).rejects.toThrow('line 2')
  await expect(readServicesFile(file('name: Cut\n'))).rejects.toThrow('expected a list')
  await expect(readServicesFile('/nowhere.yml')).rejects.toThrow('ENOENT')
})

test('admin ids are numeric, each once; hours are two whole hours', () => {
  expect(parseAdminIds(['1, 2', '2'])).toEqual(['1', '2'])
  expect(() => parseAdminIds(['@anna'])).toThrow('@anna')
  expect(parseWorkHours('9-18')).toEqual({ start: 9, end: 18 })
  expect(() => parseWorkHours('18-9')).toThrow('end must be after start')
  expect(() => parseWorkHours('nine')).toThrow('9-18')
})
