import { setTimeout as sleep } from 'node:timers/promises'
import type { CliResult } from './cli.ts'
import type { TestFleet } from './fleet.ts'
import { type Hold, type HoldAt, withHold } from './hold-step.ts'

/** A running `bookctl` that a test may end. */
export interface Started {
  readonly ended: Promise<CliResult>
  kill(signal: NodeJS.Signals): void
}

/** Starts a command without waiting for it. */
export function start(fleet: TestFleet, args: readonly string[]): Started {
  let child: { kill(signal: NodeJS.Signals): boolean } | undefined
  const ended = fleet.bookctl(args, { onStart: (started) => (child = started) })
  return { ended, kill: (signal) => void child?.kill(signal) }
}

/** Runs a command and kills it (`kill -9`) where it is held: at a step's beginning, or at its end. */
export async function killAtStep(
  fleet: TestFleet,
  at: HoldAt,
  args: readonly string[],
  /** Called while the command stands there, before it is killed. */
  meanwhile: () => Promise<void> = () => Promise.resolve(),
): Promise<CliResult> {
  return withHold(fleet, at, async (hold) => {
    const command = start(fleet, args)
    try {
      await standing(hold, at, command)
      await meanwhile()
    } finally {
      command.kill('SIGKILL')
    }
    const result = await command.ended
    await hold.endSession()
    return result
  })
}

/** Kills a command after so many milliseconds, wherever it is then. False: it had ended before. */
export async function killAfter(fleet: TestFleet, ms: number, args: readonly string[]): Promise<boolean> {
  const command = start(fleet, args)
  await Promise.race([sleep(ms), command.ended])
  command.kill('SIGKILL')
  return (await command.ended).exitCode === null
}

/** Runs a command and presses Ctrl-C while it takes this step; the step ends, and the next must not begin. */
export async function interruptAtStep(
  fleet: TestFleet,
  at: HoldAt,
  args: readonly string[],
  signal: 'SIGINT' | 'SIGTERM' = 'SIGINT',
): Promise<CliResult> {
  return withHold(fleet, at, async (hold) => {
    const command = start(fleet, args)
    await standing(hold, at, command)
    command.kill(signal)
    // The signal must have arrived before the step may end.
    await sleep(300)
    await hold.release()
    return command.ended
  })
}

async function standing(hold: Hold, at: HoldAt, command: Started): Promise<void> {
  const early = command.ended.then((result) => {
    throw new Error(`ended before step ${at.step}:\n${result.stderr}`)
  })
  await Promise.race([hold.reached(), early])
  early.catch(() => undefined)
}

/**
 * The words that an interrupted command has told the operator to type, with the operator's own token file.
 * They are `args` again where it has told so.
 */
export function goesOnWith({ stderr }: CliResult, args: readonly string[]): readonly string[] {
  const told = /^ +Go on with: (.+)$/m.exec(stderr)?.[1]
  if (told === undefined) throw new Error(`it does not say how to go on:\n${stderr}`)
  if (told.startsWith('the same ')) return args
  const tokenFile = args[args.indexOf('--token-file') + 1] ?? ''
  return told
    .split(' ')
    .slice(1)
    .map((word) => (word === 'FILE' ? tokenFile : word))
}
