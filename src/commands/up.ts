import type { Command } from 'commander'
import type { Runner } from '../program.ts'

/** `bookctl up` */
export function register(program: Command, run: Runner): void {
  program
    .command('up')
    .description('start PostgreSQL, Redis and the bots')
    .option('--rebuild', "build the image of the bots anew, without Docker's cache (engine compose)")
    .action(
      run(async (context, flags: { rebuild?: boolean }) => {
        const { openFleet } = await import('../context.ts')
        const { fleetUp } = await import('../operations/fleet-up.ts')
        const { postgres, redis } = await fleetUp(context, await openFleet(context), flags)
        const { ui } = context
        if (ui.json) return ui.document({ postgres, redis })
        ui.data(`PostgreSQL  ${postgres.host}:${postgres.port}\nRedis       ${redis.host}:${redis.port}`)
        ui.note('Next: bookctl client add, or bookctl status')
      }),
    )
}
