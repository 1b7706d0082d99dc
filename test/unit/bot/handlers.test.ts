import { beforeAll, describe, expect, test, vi } from 'vitest'
import { BUTTON_KINDS } from '../../../bot/telegram/callback-data.ts'

/** What the screens register when they are put together, in the order in which they do. */
const registered = vi.hoisted(() => ({ taps: [] as string[], answers: [] as string[] }))
vi.mock(import('../../../bot/dialogue/screen.ts'), async (original) => {
  const real = await original()
  return {
    ...real,
    onButton(composer, to, handle) {
      registered.taps.push(to)
      real.onButton(composer, to, handle)
    },
  }
})
vi.mock(import('../../../bot/dialogue/input.ts'), async (original) => {
  const real = await original()
  return {
    ...real,
    onAnswer(composer, to, handle) {
      registered.answers.push(to)
      real.onAnswer(composer, to, handle)
    },
  }
})

beforeAll(async () => {
  const { botFeatures } = await import('../../../bot/features.ts')
  botFeatures()
})

/** Forms that are never under a message: they name a question, so that its answer needs the right of its button. */
const QUESTIONS_ONLY = ['comment', 'contact-consent', 'contact-name', 'contact-phone', 'special-hours']

describe('what can be pressed or asked has one handler, and only one:', () => {
  test('every kind of button', () => {
    const expected = BUTTON_KINDS.filter((to) => !QUESTIONS_ONLY.includes(to))
    expect(registered.taps.toSorted()).toEqual(expected.toSorted())
  })

  test('every question, and those that are no buttons in any case', () => {
    expect(registered.answers.toSorted()).toEqual([...new Set(registered.answers)].toSorted())
    expect(registered.answers).toEqual(expect.arrayContaining(QUESTIONS_ONLY))
  })
})
