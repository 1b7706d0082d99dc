import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Writes the licences of all packages that went into bundles, as code or as files: most of them ask to be passed on with every copy. */
export function writeLicences(file, metafiles, otherFiles) {
  const paths = [...metafiles.flatMap(({ inputs }) => Object.keys(inputs)), ...otherFiles]
  const folders = paths.flatMap((path) => folderOf(path) ?? [])
  const texts = [...new Set(folders)].toSorted((a, b) => a.localeCompare(b, 'en')).map(licenceOf)
  writeFileSync(file, texts.join(`\n${'='.repeat(80)}\n\n`))
}

/** `node_modules/a/node_modules/@b/c` of a path below it; undefined for our own files. */
function folderOf(path) {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const files = readdirSync(folder).filter((one) => /^(licen[cs]e|copying|notice)/i.test(one))
  const texts = files.map((one) => readFileSync(join(folder, one), 'utf8').trim())
  if (!license && texts.length === 0) throw new Error(`${folder} says nothing about its licence`)
  return `${name} ${version} (${license})\n\n${texts.map((text) => `${text}\n`).join('\n')}`
}
