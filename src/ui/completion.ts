import type { Command } from 'commander'
import { BookctlError } from '../errors.ts'

/** Command path (`client add`; empty for the program itself) → what may follow it. */
export type CompletionWords = ReadonlyMap<string, { commands: string[]; flags: string[] }>

/** Reads the words from the program, so that completion never lags behind it. */
export function wordsOf(program: Command): CompletionWords {
  const words = new Map<string, { commands: string[]; flags: string[] }>()
  const visit = (command: Command, path: readonly string[]) => {
    const commands = command.commands.map((one) => one.name())
    const flags = command.options.flatMap((option) => (option.long ? [option.long] : []))
    words.set(path.join(' '), { commands, flags: [...flags, '--help'] })
    for (const one of command.commands) visit(one, [...path, one.name()])
  }
  visit(program, [])
  return words
}

/**
 * A script that completes commands, flags and the ids of clients in the current folder.
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

function bash(words: CompletionWords): string {
  const cases = [...words].map(
    ([path, { commands, flags }]) =>
      `    '${path}') words='${[...commands, ...flags].join(' ')}'; ids=${takesIds(path, commands)} ;;`,
  )
  return `# bookctl completion
_bookctl() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path='' word words='' ids=0 i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "\${path:+$path }$word" in
      ${[...words.keys()].filter(Boolean).map(quote).join('|')}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  if [ "$ids" = 1 ]; then
    words="$words $(ls clients 2>/dev/null | sed -n 's/\\.yml$//p')"
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _bookctl bookctl`
}

function fish(words: CompletionWords): string {
  const lines = [...words].flatMap(([path, { commands, flags }]) => {
    const when = `__bookctl_at ${quote(path)}`
    return [
      ...commands.map((name) => `complete -c bookctl -f -n ${quote(when)} -a ${name}`),
      ...flags.map((flag) => `complete -c bookctl -n ${quote(when)} -l ${flag.slice(2)}`),
      ...(takesIds(path, commands)
        ? [
            `complete -c bookctl -f -n ${quote(when)} -a "(ls clients 2>/dev/null | string replace -rf '\\.yml$' '')"`,
          ]
        : []),
    ]
  })
  return `# bookctl completion
function __bookctl_at
  set -l path
  for word in (commandline -opc)[2..]
    if contains -- (string join ' ' $path $word) ${[...words.keys()].filter(Boolean).map(quote).join(' ')}
      set -a path $word
    end
  end
  test (string join ' ' $path) = "$argv[1]"
end
${lines.join('\n')}`
}

/** Verbs of clients take their ids. */
function takesIds(path: string, commands: readonly string[]): 0 | 1 {
  return path.startsWith('client ') && path !== 'client add' && commands.length === 0 ? 1 : 0
}

function quote(text: string): string {
  // Both shells read \\' inside single quotes differently; nothing here holds one but fish's own conditions.
  return text.includes("'") ? `"${text}"` : `'${text}'`
}
