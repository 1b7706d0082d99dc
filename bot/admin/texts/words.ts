import type { Telling } from '../../booking/visit-messages.ts'
import { judgeBody, type TextProblem, type TextRules } from '../../domain/own-text.ts'
import { argsOf } from '../../i18n/default-body.ts'
import { EDITABLE, type EditableKey } from '../../i18n/editable.ts'
import type { TextKey } from '../../i18n/keys.ts'
import { type Texts, textsFor } from '../../i18n/texts.ts'
import { ownTexts } from '../../runtime/own-texts.ts'
import type { OwnText } from '../../storage/own-texts.ts'
import type { Language } from '../../storage/users.ts'
import { exampleArgs } from './examples.ts'

/** One text in one language. */
export interface Place {
  key: EditableKey
  language: Language
}

export function rulesFor(key: EditableKey): TextRules {
  const { required, most } = EDITABLE[key]
  return { known: argsOf(key), required, ...(most === undefined ? {} : { most }) }
}

/** What a business reads between the braces for a value. */
function placeholder(texts: Texts, name: string): string {
  return `{${texts.plain(`texts-arg-${name}` as TextKey)}}`
}

/** The value that a typed word stands for: in either language, or by its own name. */
export function nameOfWord(key: EditableKey): (word: string) => string | undefined {
  const languages = (['ru', 'en'] as const).map((language) => textsFor(language))
  return (word) =>
    argsOf(key).find(
      (name) =>
        name.toLowerCase() === word || languages.some((texts) => placeholder(texts, name) === `{${word}}`),
    )
}

/** A body as it is typed: placeholders as words of the admin's language. */
export function bodyToType(texts: Texts, key: EditableKey, body: string): string {
  return argsOf(key).reduce((text, name) => text.replaceAll(`{${name}}`, placeholder(texts, name)), body)
}

/** What can be put into a text, and what has to be: lines that begin with a line break. */
export function placeholderLines(texts: Texts, key: EditableKey): string {
  const list = (names: readonly string[]) => names.map((name) => placeholder(texts, name)).join(', ')
  const { known, required } = rulesFor(key)
  const free = known.filter((name) => !required.includes(name))
  return [
    ...(required.length > 0 ? [texts.html('texts-words-required', { list: list(required) })] : []),
    ...(free.length > 0 ? [texts.html('texts-words', { list: list(free) })] : []),
  ]
    .map((line) => `\n${line}`)
    .join('')
}

/** What is wrong with a text, as a sentence with what to do (HTML). */
export function problemText(texts: Texts, key: EditableKey, problem: TextProblem): string {
  const { known } = rulesFor(key)
  const list = known.map((name) => placeholder(texts, name)).join(', ')
  switch (problem.kind) {
    case 'tag':
      return texts.html('texts-wrong-tag', { word: problem.word })
    case 'brace':
      return known[0] === undefined
        ? texts.html('texts-wrong-brace-none')
        : texts.html('texts-wrong-brace', { example: placeholder(texts, known[0]) })
    case 'unknown': {
      const names = problem.names.map((name) => (name.startsWith('{') ? name : `{${name}}`)).join(', ')
      return list === ''
        ? texts.html('texts-wrong-unknown-none', { names })
        : texts.html('texts-wrong-unknown', { names, list })
    }
    case 'missing':
      return texts.html('texts-wrong-missing', {
        names: problem.names.map((name) => placeholder(texts, name)).join(', '),
      })
    case 'long':
      return texts.html('texts-wrong-long', { most: problem.most })
    case 'empty':
    case 'damaged':
      break
  }
  return texts.html(`texts-wrong-${problem.kind}`)
}

/** The first thing that is wrong with an own text since the product's has changed, or since somebody else wrote it. */
export function problemOf(own: OwnText & { key: EditableKey }): TextProblem | undefined {
  return judgeBody(own.body, rulesFor(own.key))[0]
}

/** The own texts that this version of the product asks for; others are kept for one that does. */
export function editableOnes(rows: readonly OwnText[]): (OwnText & { key: EditableKey })[] {
  return rows.filter((row): row is OwnText & { key: EditableKey } => Object.hasOwn(EDITABLE, row.key))
}

/** A message as a customer would get it, with example values; `rows` are the own texts in place. */
export function previewOf(
  { settings, now }: Pick<Telling, 'settings' | 'now'>,
  { key, language }: Place,
  rows: readonly OwnText[],
): string {
  const texts = textsFor(language, ownTexts(rows))
  return texts.html(key, exampleArgs(key, { texts, settings, now })).trimEnd()
}
