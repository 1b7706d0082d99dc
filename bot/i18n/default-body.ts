import type { FluentBundle } from '@fluent/bundle'
import type { Language } from '../storage/users.ts'
import { bundles } from './bundles.ts'
import type { TextKey } from './keys.ts'

type Pattern = Parameters<FluentBundle['formatPattern']>[0]
type Element = Exclude<Exclude<Pattern, string>[number], string>

/**
 * A text of the product in the form in which a business writes its own: HTML with `{placeholders}`. Where the product
 * chooses a word by a number, this has the most usual one.
 */
export function defaultBody(key: TextKey, language: Language): string {
  return bodyOf(patternOf(key, language))
}

/** The names of the values that a text can hold. */
export function argsOf(key: TextKey): string[] {
  return [...new Set(namesIn(patternOf(key, 'ru')))]
}

function patternOf(key: TextKey, language: Language): Pattern {
  const pattern = bundles[language].getMessage(key)?.value
  if (!pattern) throw new Error(`no text '${key}' in ${language}`)
  return pattern
}

function bodyOf(pattern: Pattern): string {
  if (typeof pattern === 'string') return pattern
  return pattern.map((part) => (typeof part === 'string' ? part : bodyOfElement(part))).join('')
}

function bodyOfElement(element: Element): string {
  if (element.type === 'var') return `{${element.name}}`
  if (element.type === 'select') return bodyOf(element.variants[element.star]?.value ?? '')
  throw new Error(`a text has an expression that no business can write: ${element.type}`)
}

function namesIn(pattern: Pattern): string[] {
  if (typeof pattern === 'string') return []
  return pattern.flatMap((part) => {
    if (typeof part === 'string') return []
    if (part.type === 'var') return [part.name]
    if (part.type !== 'select') return []
    const chosenBy = part.selector.type === 'var' ? [part.selector.name] : []
    return [...chosenBy, ...part.variants.flatMap(({ value }) => namesIn(value))]
  })
}
