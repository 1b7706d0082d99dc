import { BookctlError } from '../errors.ts'

/** A question to a person. `flag` answers it without a terminal, and is named when there is none. */
export interface Question {
  message: string
  flag: string
  default?: string
  validate?: (value: string) => string | true
}

export interface Prompts {
  text(question: Question): Promise<string>
  /** Typed without being shown. */
  secret(question: Question): Promise<string>
  confirm(question: Question & { yes?: boolean }): Promise<boolean>
}

/** Questions on stderr. @throws BookctlError (exit 2) naming the flag where nobody can answer; (exit 130) on Ctrl-C. */
export function createPrompts(interactive: boolean): Prompts {
  async function ask<T>(
    question: Question,
    kind: 'input' | 'password' | 'confirm',
    fallback?: unknown,
  ): Promise<T> {
    if (!interactive)
      throw new BookctlError(
        'input-needed',
        'usage',
        `${question.flag} is needed: nobody can be asked here`,
        {
          hint: `Give ${question.flag}, or run the command in a terminal.`,
        },
      )
    const { default: inquirer } = await import('inquirer')
    const prompt = inquirer.createPromptModule({ output: process.stderr })
    try {
      const { answer } = (await prompt([
        {
          type: kind,
          name: 'answer',
          message: question.message,
          ...(fallback === undefined ? {} : { default: fallback }),
          ...(kind === 'password' ? { mask: true } : {}),
          ...(question.validate && kind !== 'confirm' ? { validate: question.validate } : {}),
        },
      ] as never)) as { answer: T }
      return answer
    } catch (error) {
      if ((error as Error).name !== 'ExitPromptError') throw error
      throw new BookctlError('interrupted', 'interrupted', 'Interrupted; nothing was changed')
    }
  }
  return {
    text: (question) => ask<string>(question, 'input', question.default),
    secret: (question) => ask<string>(question, 'password'),
    confirm: (question) => ask<boolean>(question, 'confirm', question.yes ?? false),
  }
}
