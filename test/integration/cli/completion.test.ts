import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, type TestContext, test } from 'vitest'
import { bookctl } from '../../support/cli.ts'
import { inTerminal } from '../../support/terminal.ts'

let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bookctl-completion-'))
  mkdirSync(join(folder, 'clients'))
  for (const id of ['client_anna', 'client_boris']) writeFileSync(join(folder, 'clients', `${id}.yml`), '')
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { stdout, stderr } = await bookctl(['completion', shell])
    if (stderr) throw new Error(stderr)
    writeFileSync(join(folder, `script.${shell}`), stdout)
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

function needs(shell: string, { skip }: TestContext): void {
  skip(spawnSync(shell, ['-c', 'true']).error !== undefined, `${shell} is not installed here`)
}

test('bash completes commands, verbs, flags, ids of clients, and files behind a flag with a value', () => {
  const completed = (...typed: string[]) =>
    execFileSync(
      'bash',
      [
        '--norc',
        '-c',
        `source ./script.bash; COMP_WORDS=(bookctl "$@"); COMP_CWORD=$#; _bookctl; printf '%s\\n' "\${COMPREPLY[@]}"`,
        'bash',
        ...typed,
      ],
      { cwd: folder, encoding: 'utf8' },
    )
      .split('\n')
      .filter(Boolean)
  expect(completed('st')).toEqual(['status'])
  expect(completed('client', 're')).toEqual(['restart', 'remove'])
  expect(completed('client', 'stop', 'client_')).toEqual(['client_anna', 'client_boris'])
  expect(completed('client', 'add', 'client_')).toEqual([])
  expect(completed('--json', 'client', 'add', '--tim')).toEqual(['--timezone'])
  // Nothing of ours: readline then offers files.
  expect(completed('client', 'add', '--token-file', '')).toEqual([])
  const declared = execFileSync('bash', ['--norc', '-c', 'source ./script.bash; complete -p bookctl'], {
    cwd: folder,
    encoding: 'utf8',
  })
  expect(declared).toBe('complete -o default -F _bookctl bookctl\n')
})

test('fish completes the same', (context) => {
  needs('fish', context)
  const completed = (line: string) =>
    execFileSync('fish', ['--no-config', '-c', `source script.fish; complete -C '${line}'`], {
      cwd: folder,
      encoding: 'utf8',
    })
      .split('\n')
      .filter(Boolean)
      .toSorted()
  expect(completed('bookctl st')).toEqual(['status'])
  expect(completed('bookctl client re')).toEqual(['remove', 'restart'])
  expect(completed('bookctl client stop client_')).toEqual(['client_anna', 'client_boris'])
  expect(completed('bookctl client add client_')).toEqual([])
  expect(completed('bookctl --json client add --tim')).toEqual(['--timezone'])
  expect(completed('bookctl client add --token-file script.f')).toEqual(['script.fish'])
})

test('zsh completes the same at its prompt', async (context) => {
  needs('zsh', context)
  const zsh = inTerminal(['zsh', '-f', '-i'], { cwd: folder, env: { PS1: 'ask> ', TERM: 'dumb' } })
  try {
    await zsh.sees('ask> ')
    zsh.type('autoload -U compinit; compinit -u -D; source ./script.zsh; echo got ready\r')
    await zsh.sees('\ngot ready')
    const clearLine = '\x15'
    for (const [typed, shown] of [
      ['bookctl st\t', 'bookctl status '],
      ['bookctl client stop client_a\t', 'bookctl client stop client_anna '],
      ['bookctl --json client add --tim\t', 'bookctl --json client add --timezone '],
      ['bookctl client add --token-file script.z\t', 'bookctl client add --token-file script.zsh '],
    ] as const) {
      zsh.type(typed)
      await zsh.sees(shown)
      zsh.type(clearLine)
    }
  } finally {
    await zsh.close()
  }
})
