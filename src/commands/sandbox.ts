import { once } from 'node:events'
import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { BookctlError } from '../errors.ts'
import type { Runner } from '../program.ts'

const EXAMPLES = `
Examples:
  bookctl sandbox                       on this host, until Ctrl-C
  bookctl sandbox --container           as a container on the fleet's network (engine compose)
  bookctl sandbox --container --stop    takes that container away`

interface Flags {
  port?: string
  host?: string
  container?: true
  stop?: true
}

/** `bookctl sandbox` */
export function register(program: Command, run: Runner): void {
  program
    .command('sandbox')
    .description('serve a stand-in for Telegram with a web chat')
    .option('--port <port>', 'port (default 8081)')
    .option('--host <address>', 'address to listen on (default 127.0.0.1)')
    .option('--container', "run it in the background, on the fleet's Docker network")
    .option('--stop', 'with --container: stop it')
    .addHelpText('after', EXAMPLES)
    .action(
      run(async (context, flags: Flags) => {
        const port = portOf(flags)
        if (flags.stop && !flags.container)
          throw new BookctlError('stop-alone', 'usage', '--stop goes with --container', {
            hint: 'A sandbox on this host ends by Ctrl-C.',
          })
        await (flags.container
          ? onNetwork(context, port, flags.stop === true)
          : onHost(context, port, flags.host))
      }),
    )
}

function portOf(flags: Flags): number {
  const port = Number(flags.port ?? 8081)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new BookctlError('port-invalid', 'usage', `--port ${flags.port} is not a port`, {
    hint: 'Give a number from 0 (any free one) to 65535.',
  })
}

async function onNetwork(context: Context, port: number, stop: boolean): Promise<void> {
  const { openFleet } = await import('../context.ts')
  const { startSandboxContainer, stopSandboxContainer } = await import('../engines/compose/sandbox.ts')
  const { pickPort } = await import('../engines/ports.ts')
  const { ui } = context
  const fleet = await openFleet(context)
  if (stop) {
    await stopSandboxContainer(fleet)
    return ui.json
      ? ui.document({ stopped: true })
      : ui.data('The sandbox is stopped; its bots and chats are gone.')
  }
  const at = await startSandboxContainer(fleet, port === 0 ? await pickPort() : port)
  if (ui.json) return ui.document({ ...at })
  ui.data(`${at.hostApiRoot}  web chat and Bot API\n${at.apiRoot}  the same for the bots`)
  ui.note(`Make a bot on the page; it shows the token. In fleet.yml the fleet needs
  telegram: { apiRoot: "${at.apiRoot}", hostApiRoot: "${at.hostApiRoot}" }
Take it away with: bookctl sandbox --container --stop`)
}

async function onHost(context: Context, port: number, host = '127.0.0.1'): Promise<void> {
  const { startSandbox } = await import('../../sandbox/server.ts')
  const sandbox = await startSandbox({ port, host }).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EADDRINUSE') throw error
    throw new BookctlError('port-in-use', 'conflict', `Port ${port} is in use`, {
      hint: 'Choose another one with --port, or --port 0 for any free one.',
    })
  })
  if (context.ui.json) context.ui.document({ url: sandbox.url })
  else context.ui.data(`${sandbox.url}  web chat and Bot API`)
  context.ui.note(`Make a bot on the page; it shows the token. Point a fleet here with
  bookctl init my-fleet --engine local --telegram-api-root ${sandbox.url}
or with telegram.apiRoot in fleet.yml. Ctrl-C ends the sandbox; it keeps nothing.`)
  if (!context.signal.aborted) await once(context.signal, 'abort')
  await sandbox.close()
}
