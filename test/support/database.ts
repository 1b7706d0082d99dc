import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

/** A word that no other test uses: roles and ACL users are shared by the whole server. */
export function uniqueWord(): string {
  return randomBytes(4).toString('hex')
}

/** A new empty database on the test server, as the admin user. `drop()` removes it with its sessions. */
export async function createTestDatabase(): Promise<{ url: string; name: string; drop(): Promise<void> }> {
  const admin = inject('postgresUrl')
  const name = `test_${uniqueWord()}`
  await run(admin, `create database ${name}`)
  const url = new URL(admin)
  url.pathname = `/${name}`
  return { url: url.href, name, drop: () => run(admin, `drop database if exists ${name} with (force)`) }
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
