import type { ListrDefaultRendererLogLevels } from 'listr2'

/** One step of long work. A returned string is shown behind its title. */
export interface TaskStep {
  title: string
  run(say: (detail: string) => void): Promise<string | void>
}

interface TaskOutput {
  /** A terminal gets a live list, anything else one line per change of state. */
  live: boolean
  line(text: string): void
}

/** Runs steps in order on stderr; the first failure ends the list and is thrown as it came. */
export async function runTasks(steps: readonly TaskStep[], output: TaskOutput): Promise<void> {
  if (!output.live) return runPlainly(steps, output)
  const { Listr, ListrLogger, ProcessOutput } = await import('listr2')
  // listr2 prints to stdout by default; data only belongs there.
  const processOutput = new ProcessOutput(process.stderr, process.stderr)
  const list = new Listr(
    steps.map((step) => ({
      title: step.title,
      task: async (_: unknown, task: { title: string; output: string }) => {
        const result = await step.run((detail) => {
          task.output = detail
        })
        if (result) task.title = `${step.title}: ${result}`
      },
    })),
    {
      exitOnError: true,
      registerSignalListeners: false,
      renderer: 'default',
      rendererOptions: {
        collapseErrors: false,
        showErrorMessage: false,
        logger: new ListrLogger<ListrDefaultRendererLogLevels>({ processOutput }),
      },
    },
  )
  await list.run()
}

async function runPlainly(steps: readonly TaskStep[], output: TaskOutput): Promise<void> {
  const line = (text: string) => output.line(text)
  for (const step of steps) {
    line(`… ${step.title}`)
    try {
      const result = await step.run((detail) => line(`  ${detail}`))
      line(`✓ ${step.title}${result ? `: ${result}` : ''}`)
    } catch (error) {
      line(`✗ ${step.title}`)
      throw error
    }
  }
}
