import type { Command } from 'commander'
import { BookctlError } from '../errors.ts'

/** What may follow a command. */
interface Following {
  commands: string[]
  flags: { name: string; takesValue: boolean }[]
}

/** Command path (`client add`; empty for the program itself) → what may follow it. */
export type CompletionWords = ReadonlyMap<string, Following>

/** Reads the words from the program, so that completion never lags behind it. */
export function wordsOf(program: Command): CompletionWords {
  const words = new Map<string, Following>()
  const visit = (command: Command, path: readonly string[]) => {
    const commands = command.commands.map((one) => one.name())
    const flags = command.options.flatMap(({ long, required }) =>
      long ? [{ name: long, takesValue: required }] : [],
    )
    words.set(path.join(' '), { commands, flags: [...flags, { name: '--help', takesValue: false }] })
    for (const one of command.commands) visit(one, [...path, one.name()])
  }
  visit(program, [])
  return words
}

/**
 * A script that completes commands, flags and the ids of clients in the current folder; behind a flag with a value
 * it completes names of files.
 * @throws BookctlError (exit 2) for a shell that is not known.
 */
export function completionScript(shell: string, words: CompletionWords): string {
  if (shell === 'bash') return bash(words)
  // zsh understands bash's functions.
  if (shell === 'zsh') return `autoload -U +X bashcompinit && bashcompinit\n${bash(words)}`
  if (shell === 'fish') return fish(words)
  throw new BookctlError('shell-unknown', 'usage', `There is no completion for ${shell}`, {
    hint: 'Name bash, zsh or fish.',
  })
}

/** zsh has variables of its own called `path` and `words`; this script must not hide them. */
function bash(words: CompletionWords): string {
  const cases = [...words].map(
    ([path, { commands, flags }]) =>
      `    '${path}') offered='${[...commands, ...flags.map(({ name }) => name)].join(' ')}'; ids=${takesIds(path, commands)} ;;`,
  )
  return `# bookctl completion
_bookctl() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" at='' word offered='' ids=0 i
  case "$previous" in
    ${flagsWithValue(words).join('|')}) return ;;
  esac
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "\${at:+$at }$word" in
      ${[...words.keys()].filter(Boolean).map(quote).join('|')}) at="\${at:+$at }$word" ;;
    esac
  done
  case "$at" in
${cases.join('\n')}
  esac
  if [ "$ids" = 1 ]; then
    offered="$offered $(ls clients 2>/dev/null | sed -n 's/\\.yml$//p')"
  fi
  COMPREPLY=($(compgen -W "$offered" -- "$current"))
}
complete -o default -F _bookctl bookctl`
}

function fish(words: CompletionWords): string {
  const lines = [...words].flatMap(([path, { commands, flags }]) => {
    const here = `complete -c bookctl -n "__bookctl_at '${path}'"`
    return [
      ...commands.map((name) => `${here} -a ${name}`),
      ...flags.map(({ name, takesValue }) => `${here} -l ${name.slice(2)}${takesValue ? ' -r -F' : ''}`),
      ...(takesIds(path, commands) ? [`${here} -a '(__bookctl_clients)'`] : []),
    ]
  })
  return `# bookctl completion
function __bookctl_at
  set -l at
  for word in (commandline -opc)[2..]
    if contains -- (string join ' ' -- $at $word) ${[...words.keys()].filter(Boolean).map(quote).join(' ')}
      set -a at $word
    end
  end
  test "$at" = "$argv[1]"
end
function __bookctl_clients
  ls clients 2>/dev/null | string replace -rf '\\.yml$' ''
end
complete -c bookctl -f
${lines.join('\n')}`
}

function flagsWithValue(words: CompletionWords): string[] {
  const flags = [...words.values()].flatMap((one) => one.flags)
  return [...new Set(flags.filter(({ takesValue }) => takesValue).map(({ name }) => name))]
}

/** Verbs of clients take their ids. */
function takesIds(path: string, commands: readonly string[]): 0 | 1 {
  return path.startsWith('client ') && path !== 'client add' && commands.length === 0 ? 1 : 0
}

function quote(path: string): string {
  return `'${path}'`
}
