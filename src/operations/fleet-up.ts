import type { Context } from '../context.ts'
import type { Endpoint } from '../engines/engine.ts'
import { engineFor } from '../engines/index.ts'
import { readEnvFile, requireEnv } from '../env/env-file.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { DATABASE } from '../fleet/names.ts'
import { openAdmin } from '../postgres/admin.ts'
import { ensureFleetSchema } from '../postgres/fleet-schema.ts'
import { throwIfInterrupted } from './journal.ts'
import { tidy } from './tidy.ts'

/** Starts the fleet and makes its shared schema. May be repeated: what is there is left alone. */
export async function fleetUp(
  context: Context,
  fleet: Fleet,
  options: { rebuild?: boolean } = {},
): Promise<{ postgres: Endpoint; redis: Endpoint }> {
  const engine = engineFor(fleet)
  const password = requireEnv(await readEnvFile(fleet), 'POSTGRES_PASSWORD')
  await context.ui.tasks([
    {
      title: 'Start PostgreSQL, Redis and bots',
      run: (say) => engine.up({ ...options, say, signal: context.signal }),
    },
    {
      title: 'Prepare the shared schema',
      run: async () => {
        throwIfInterrupted(context, 'bookctl up')
        const endpoint = await engine.postgres()
        const db = await openAdmin({ endpoint, password, database: DATABASE, applicationName: 'bookctl up' })
        try {
          await ensureFleetSchema(db)
        } finally {
          await db.end()
        }
      },
    },
  ])
  await tidy(context, engine)
  return { postgres: await engine.postgres(), redis: await engine.redis() }
}
