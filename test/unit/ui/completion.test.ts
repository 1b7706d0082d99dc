import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { buildProgram } from '../../../src/program.ts'
import { completionScript, wordsOf } from '../../../src/ui/completion.ts'

const words = wordsOf(
  buildProgram(() => {
    throw new Error('no action runs here')
  }),
)

function completed(...typed: string[]): string[] {
  const script = `${completionScript('bash', words)}
COMP_WORDS=(bookctl ${typed.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${typed.length}; _bookctl
printf '%s\\n' "\${COMPREPLY[@]}"`
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\n').filter(Boolean)
}

test('Tab completes commands, verbs and flags in bash', () => {
  expect(completed('st')).toEqual(['status'])
  expect(completed('client', 're')).toEqual(['restart', 'remove'])
  expect(completed('--json', 'client', 'add', '--tim')).toEqual(['--timezone'])
})

test('every shell has a script that names every command', () => {
  for (const shell of ['bash', 'zsh', 'fish'])
    for (const command of ['sandbox', 'add', 'remove', 'logs'])
      expect(completionScript(shell, words)).toContain(command)
  expect(() => completionScript('tcsh', words)).toThrow('There is no completion for tcsh')
})
