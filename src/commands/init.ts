import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import type { Context } from '../context.ts'
import type { Runner } from '../program.ts'

const EXAMPLES = `
Examples:
  bookctl init my-fleet
  bookctl init --yes --name salons --timezone Asia/Yekaterinburg`

interface Flags {
  name?: string
  timezone?: string
  engine?: 'compose' | 'local'
  telegramApiRoot?: string
  telegramHostApiRoot?: string
}

/** `bookctl init [dir]` */
export function register(program: Command, run: Runner): void {
  program
    .command('init')
    .description('make a fleet folder')
    .argument('[dir]', 'folder of the fleet (default: here)')
    .option('--name <name>', 'name of the fleet (default booking)')
    .option('--timezone <zone>', "time zone of new clients (default: this host's)")
    .addOption(
      new Option(
        '--engine <name>',
        'what runs servers and bots (default: compose where Docker answers)',
      ).choices(['compose', 'local']),
    )
    .option('--telegram-api-root <url>', 'another Bot API server, as the sandbox')
    .option(
      '--telegram-host-api-root <url>',
      'the same as this host reaches it, where containers see another address',
    )
    .addHelpText('after', EXAMPLES)
    .action(
      run(async (context, folder: string | undefined, flags: Flags) => {
        const { initFleet, isFleet, foreignFiles } = await import('../fleet/init.ts')
        const dir = resolve(context.cwd, folder ?? '.')
        const { ui } = context
        if (await isFleet(dir)) {
          if (ui.json) ui.document({ dir, changed: false, written: [] })
          else ui.data(`${dir} is a fleet already; nothing was changed.`)
          return
        }
        // Before any question: nobody should answer them in vain.
        const occupied = (await foreignFiles(dir)).length > 0
        const { name, timeZone } = occupied
          ? { name: 'booking', timeZone: 'UTC' }
          : await answers(context, flags)
        const { detectEngine } = await import('../engines/detect.ts')
        const engine = flags.engine ?? (await detectEngine())
        const written = await initFleet(dir, {
          name,
          timeZone,
          engine,
          apiRoot: flags.telegramApiRoot ?? null,
          hostApiRoot: flags.telegramHostApiRoot ?? null,
        })
        if (ui.json) return ui.document({ dir, changed: true, engine, written })
        ui.data(`Made the fleet ${name} (engine ${engine}) in ${dir}: ${written.join(', ')}`)
        ui.note('Keep a copy of .bookctl/age-identity.txt elsewhere: it opens the secrets in your archives.')
        ui.note(`Next: ${folder ? `cd ${folder} && ` : ''}bookctl up`)
      }),
    )
}

async function answers(context: Context, flags: Flags): Promise<{ name: string; timeZone: string }> {
  const { checkSetting } = await import('../fleet/init.ts')
  const { ui, options } = context
  const silent = options.yes || !ui.interactive
  const ask = (key: 'name' | 'timeZone', message: string, flag: string, fallback: string) =>
    silent
      ? fallback
      : ui.ask.text({ message, flag, default: fallback, validate: (value) => checkSetting(key, value) })
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return {
    name: flags.name ?? (await ask('name', 'Name of the fleet', '--name', 'booking')),
    timeZone: flags.timezone ?? (await ask('timeZone', 'Time zone of new clients', '--timezone', zone)),
  }
}
