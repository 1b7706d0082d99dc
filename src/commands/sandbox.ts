import { once } from 'node:events'
import type { Command } from 'commander'
import type { Runner } from '../program.ts'

/** `bookctl sandbox` */
export function register(program: Command, run: Runner): void {
  program
    .command('sandbox')
    .description('serve a stand-in for Telegram with a web chat, until Ctrl-C')
    .option('--port <port>', 'port (default 8081)')
    .option('--host <address>', 'address to listen on (default 127.0.0.1)')
    .action(
      run(async (context, flags: { port?: string; host?: string }) => {
        const { BookctlError } = await import('../errors.ts')
        const { startSandbox } = await import('../../sandbox/server.ts')
        const port = Number(flags.port ?? 8081)
        if (!Number.isInteger(port) || port < 0 || port > 65_535)
          throw new BookctlError('port-invalid', 'usage', `--port ${flags.port} is not a port`, {
            hint: 'Give a number from 0 (any free one) to 65535.',
          })
        const sandbox = await startSandbox({ port, host: flags.host ?? '127.0.0.1' }).catch(
          (error: unknown) => {
            const { code } = error as NodeJS.ErrnoException
            if (code !== 'EADDRINUSE') throw error
            throw new BookctlError('port-in-use', 'conflict', `Port ${port} is in use`, {
              hint: 'Choose another one with --port, or --port 0 for any free one.',
            })
          },
        )
        if (context.ui.json) context.ui.document({ url: sandbox.url })
        else context.ui.data(`${sandbox.url}  web chat and Bot API`)
        context.ui.note(`Make a bot on the page; it shows the token. Point a fleet here with
  bookctl init my-fleet --telegram-api-root ${sandbox.url}
or with telegram.apiRoot in fleet.yml. Ctrl-C ends the sandbox; it keeps nothing.`)
        if (!context.signal.aborted) await once(context.signal, 'abort')
        await sandbox.close()
      }),
    )
}
