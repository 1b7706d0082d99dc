import { describe, expect, test } from 'vitest'
import { createPrompts } from '../../../src/ui/prompt.ts'
import { wantsColor } from '../../../src/ui/style.ts'
import { runTasks } from '../../../src/ui/tasks.ts'

describe('colour', () => {
  const cases: [string, boolean, NodeJS.ProcessEnv, boolean, boolean][] = [
    ['a terminal has it', true, {}, true, true],
    ['a pipe has none', false, {}, true, false],
    ['NO_COLOR turns it off', true, { NO_COLOR: '1' }, true, false],
    ['an empty NO_COLOR does not', true, { NO_COLOR: '' }, true, true],
    ['TERM=dumb turns it off', true, { TERM: 'dumb' }, true, false],
    ['--no-color turns it off', true, {}, false, false],
    ['FORCE_COLOR turns it on in a pipe', false, { FORCE_COLOR: '1' }, true, true],
  ]
  test.each(cases)('%s', (_, isTTY, env, allowed, expected) =>
    expect(wantsColor({ isTTY }, env, allowed)).toBe(expected),
  )
})

test('where nobody can be asked, the error names the flag that answers', async () => {
  await expect(createPrompts(false).text({ message: 'Title', flag: '--title' })).rejects.toMatchObject({
    code: 'input-needed',
    exitCode: 2,
    message: expect.stringContaining('--title'),
  })
})

test('without a terminal each change of a step is one line, and the first failure ends the list as it came', async () => {
  const lines: string[] = []
  const failure = new Error('no')
  const steps = [
    { title: 'One', run: async () => 'made' },
    {
      title: 'Two',
      run: async (say: (detail: string) => void) => {
        say('half')
        throw failure
      },
    },
    { title: 'Three', run: async () => 'never' },
  ]
  await expect(runTasks(steps, { live: false, line: (text) => lines.push(text) })).rejects.toBe(failure)
  expect(lines).toEqual(['… One', '✓ One: made', '… Two', '  half', '✗ Two'])
})
