// What the next client costs when 10 and when 1000 are there, and what naming each table in a GRANT saves.
// On a throwaway server of its own. Run: npx tsx bench/provisioning.ts

import { CLIENT_TABLE_GRANTS } from '../bot/schema/index.ts'
import { clientIdOfNumber, clientNames } from '../src/fleet/names.ts'
import { openAdmin } from '../src/postgres/admin.ts'
import { ensureFleetSchema } from '../src/postgres/fleet-schema.ts'
import { provisionClient } from '../src/postgres/provision.ts'
import { startPostgres } from '../test/support/throwaway-servers.ts'
import { median, printTable } from './support.ts'

const fleets = [10, 1000]
const rounds = 21

const server = await startPostgres()
try {
  const url = new URL(server.url)
  const db = await openAdmin({
    endpoint: { host: url.hostname, port: Number(url.port) },
    password: url.password,
    database: 'postgres',
    applicationName: 'bench',
  })
  await ensureFleetSchema(db)
  const clients: string[] = []
  const addClient = async () => {
    const started = performance.now()
    const names = clientNames(clientIdOfNumber(clients.length + 1))
    clients.push(names.id)
    const options = { password: 'x', title: names.id, timeZone: 'Europe/Moscow', initial: {} }
    await provisionClient(db, names, options)
    return performance.now() - started
  }
  const timed = async (statements: readonly string[]) => {
    const started = performance.now()
    await db.query(statements.join(';\n'))
    return performance.now() - started
  }
  const results: { provision: number; named: number; all: number }[] = []
  for (const fleet of fleets) {
    while (clients.length < fleet) await addClient()
    const provision: number[] = []
    const named: number[] = []
    const all: number[] = []
    // Alternating, so that a noisy neighbour hits each.
    for (let round = 0; round < rounds; round++) {
      provision.push(await addClient())
      const { schema, role } = clientNames(clientIdOfNumber(clients.length))
      named.push(
        await timed(
          Object.entries(CLIENT_TABLE_GRANTS).map(
            ([table, rights]) => `grant ${rights} on ${schema}.${table} to ${role}`,
          ),
        ),
      )
      all.push(
        await timed([`grant select, insert, update, delete on all tables in schema ${schema} to ${role}`]),
      )
    }
    results.push({ provision: median(provision), named: median(named), all: median(all) })
  }
  await db.end()
  const row = (title: string, key: 'provision' | 'named' | 'all') => {
    const [few = 0, many = 0] = results.map((result) => result[key])
    return [title, `${few.toFixed(1)} ms`, `${many.toFixed(1)} ms`, (many / few).toFixed(2)]
  }
  printTable(
    [`median of ${rounds}`, ...fleets.map((fleet) => `${fleet} clients`), 'ratio'],
    [
      row('provision one client', 'provision'),
      row('grants on 12 named tables', 'named'),
      row('grant on all tables in schema', 'all'),
    ],
  )
} finally {
  await server.stop()
}
