import type { Command } from 'commander'
import type { Runner } from '../program.ts'

const EXAMPLES = `
Examples:
  source <(bookctl completion bash)                                  this shell; or put it into ~/.bashrc
  source <(bookctl completion zsh)                                   likewise ~/.zshrc, after compinit
  bookctl completion fish > ~/.config/fish/completions/bookctl.fish`

/** `bookctl completion <shell>` */
export function register(program: Command, run: Runner): void {
  program
    .command('completion')
    .description('print a completion script')
    .argument('<shell>', 'bash, zsh or fish')
    .addHelpText('after', EXAMPLES)
    .action(
      run(async (context, shell: string) => {
        const { completionScript, wordsOf } = await import('../ui/completion.ts')
        context.ui.data(completionScript(shell, wordsOf(program)))
      }),
    )
}
