import { Command } from 'commander'
import * as apply from './commands/apply.ts'
import * as backup from './commands/backup/backup.ts'
import * as backupCheck from './commands/backup/check.ts'
import * as backupDrill from './commands/backup/drill.ts'
import * as backupFetch from './commands/backup/fetch.ts'
import * as backupList from './commands/backup/list.ts'
import * as backupPrune from './commands/backup/prune.ts'
import * as backupPush from './commands/backup/push.ts'
import * as backupShow from './commands/backup/show.ts'
import * as backupVerify from './commands/backup/verify.ts'
import * as clientAdd from './commands/client/add.ts'
import * as clientImport from './commands/client/import.ts'
import * as clientList from './commands/client/list.ts'
import * as clientLogs from './commands/client/logs.ts'
import * as clientRemove from './commands/client/remove.ts'
import * as clientRestart from './commands/client/restart.ts'
import * as clientSet from './commands/client/set.ts'
import * as clientShow from './commands/client/show.ts'
import * as clientStart from './commands/client/start.ts'
import * as clientStop from './commands/client/stop.ts'
import * as completion from './commands/completion.ts'
import * as diff from './commands/diff.ts'
import * as down from './commands/down.ts'
import * as init from './commands/init.ts'
import * as restore from './commands/restore.ts'
import * as sandbox from './commands/sandbox.ts'
import * as scheduleInstall from './commands/schedule/install.ts'
import * as scheduleRemove from './commands/schedule/remove.ts'
import * as scheduleRun from './commands/schedule/run.ts'
import * as scheduleShow from './commands/schedule/show.ts'
import * as status from './commands/status.ts'
import * as up from './commands/up.ts'
import type { Context, GlobalOptions } from './context.ts'
import { BOOKCTL_VERSION } from './version.ts'

/** Wraps a command's action: it gets the run's context in front of commander's own arguments. */
export type Runner = <A extends unknown[]>(
  action: (context: Context, ...args: A) => Promise<void>,
) => (...args: A) => Promise<void>

const EXIT_CODES = `
Exit codes: 0 done · 2 usage · 3 partly done or unhealthy · 4 not found · 5 conflict · 6 bot not ready
            10 configuration · 11 locked · 12 wrong key · 13 preflight · 14 verification failed · 20 changes pending
            130 interrupted (docs/cli.md)`

/** The whole surface of the command line. Nothing heavy is loaded before an action runs. */
export function buildProgram(makeContext: (options: GlobalOptions) => Promise<Context>): Command {
  const program = new Command('bookctl')
    .description('Run a fleet of Telegram booking bots.')
    .version(BOOKCTL_VERSION, '-V, --version')
    .showSuggestionAfterError()
    // --all of `backup verify` is not that of `backup`.
    .enablePositionalOptions()
    .addHelpText('after', EXIT_CODES)
  const run: Runner =
    (action) =>
    async (...args) => {
      const command = args.at(-1) as Command
      await action(await makeContext(globalOptions(command)), ...args)
    }
  program.commandsGroup('Fleet:')
  for (const command of [init, up, down, status, diff, apply]) command.register(program, run)
  program.commandsGroup('Clients:')
  const client = program.command('client').description('add, see, change, run, import and remove clients')
  for (const command of [
    clientAdd,
    clientList,
    clientShow,
    clientSet,
    clientStart,
    clientStop,
    clientRestart,
    clientLogs,
    clientImport,
    clientRemove,
  ])
    command.register(client, run)
  program.commandsGroup('Backups:')
  const backups = backup.register(program, run)
  for (const command of [
    backupList,
    backupShow,
    backupVerify,
    backupDrill,
    backupCheck,
    backupPrune,
    backupPush,
    backupFetch,
  ])
    command.register(backups, run)
  restore.register(program, run)
  const schedule = program.command('schedule').description('let cron make backups, drill and prune')
  for (const command of [scheduleInstall, scheduleShow, scheduleRemove, scheduleRun])
    command.register(schedule, run)
  program.commandsGroup('Trying out:')
  sandbox.register(program, run)
  program.commandsGroup('Shell:')
  completion.register(program, run)
  addGlobalOptions(program)
  return program
}

/** On every command, so that they may stand before and after its name. */
function addGlobalOptions(command: Command): void {
  command.optionsGroup('Global options:')
  command
    .option('--fleet <dir>', 'fleet folder (default: here or above)')
    .option('--json', 'one JSON document on stdout')
    .option('-y, --yes', 'answer moderate questions with yes')
    .option('-q, --quiet', 'no progress, only results and errors')
    .option('--verbose', 'more about errors')
    .option('--no-input', 'never ask')
    .option('--no-color', 'no colours')
  for (const child of command.commands) addGlobalOptions(child)
}

function globalOptions(command: Command): GlobalOptions {
  const chain: Record<string, unknown>[] = []
  for (let at: Command | null = command; at; at = at.parent) chain.push(at.opts())
  const given = (name: string) => chain.some((options) => options[name] === true)
  const fleet = chain.map((options) => options['fleet']).find((dir) => typeof dir === 'string')
  return {
    ...(typeof fleet === 'string' ? { fleet } : {}),
    json: given('json'),
    yes: given('yes'),
    quiet: given('quiet'),
    verbose: given('verbose'),
    input: chain.every((options) => options['input'] !== false),
    color: chain.every((options) => options['color'] !== false),
  }
}
