import pg from 'pg'
import { inject } from 'vitest'
import { type ClientNames, clientNames } from '../../src/fleet/names.ts'
import { type AdminDb, openAdmin } from '../../src/postgres/admin.ts'
import { ensureFleetSchema } from '../../src/postgres/fleet-schema.ts'
import { provisionClient } from '../../src/postgres/provision.ts'
import { createTestDatabase, uniqueWord } from './database.ts'

export interface TestStore {
  url: string
  db: AdminDb
  /** Another session of the admin user, in this or another database. */
  open(database?: string): Promise<AdminDb>
  /** Provisions a client with an id of its own and the password `secret-of-ID`. */
  addClient(names?: ClientNames): Promise<ClientNames>
  /** A session of a client's own role. */
  loginAs(names: ClientNames): Promise<pg.Client>
  close(): Promise<void>
}

export const passwordOf = (names: ClientNames) => `secret-of-${names.id}`

export function newClient(): ClientNames {
  return clientNames(`client_t${uniqueWord()}`)
}

/** A fresh database with schema fleet. `close()` removes it and the roles of the clients that it made. */
export async function fleetDatabase(): Promise<TestStore> {
  const database = await createTestDatabase()
  const url = new URL(database.url)
  const opened: { end(): Promise<void> }[] = []
  const made = new Set<string>()
  const open = async (name = database.name) => {
    const db = await openAdmin({
      endpoint: { host: url.hostname, port: Number(url.port || 5432) },
      password: decodeURIComponent(url.password),
      database: name,
      applicationName: 'test',
    })
    opened.push(db)
    return db
  }
  const db = await open()
  await ensureFleetSchema(db)
  return {
    url: database.url,
    db,
    open,
    addClient: async (names = newClient()) => {
      made.add(names.role)
      await provisionClient(db, names, {
        password: passwordOf(names),
        title: 'Anna',
        timeZone: 'Europe/Moscow',
        initial: {},
      })
      return names
    },
    loginAs: async (names) => {
      const client = new pg.Client({
        host: url.hostname,
        port: Number(url.port || 5432),
        user: names.role,
        password: passwordOf(names),
        database: database.name,
      })
      // Tests end sessions from the other side.
      client.on('error', () => undefined)
      await client.connect()
      opened.push(client)
      return client
    },
    close: async () => {
      for (const session of opened) await session.end()
      await database.drop()
      const admin = new pg.Client({ connectionString: inject('postgresUrl') })
      await admin.connect()
      for (const role of made) await admin.query(`drop role if exists "${role}"`)
      await admin.end()
    },
  }
}
