import { expect, test } from 'vitest'
import { buildProgram } from '../../../src/program.ts'
import { completionScript, wordsOf } from '../../../src/ui/completion.ts'

const words = wordsOf(
  buildProgram(() => {
    throw new Error('no action runs here')
  }),
)

test('every shell has a script that names every command, and an unknown shell is told which there are', () => {
  for (const shell of ['bash', 'zsh', 'fish'])
    for (const command of ['sandbox', 'add', 'remove', 'logs'])
      expect(completionScript(shell, words)).toContain(command)
  expect(() => completionScript('tcsh', words)).toThrow('There is no completion for tcsh')
})
