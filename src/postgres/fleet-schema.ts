import { readMigrations } from '../../bot/schema/index.ts'
import { BookctlError } from '../errors.ts'
import { FLEET_ROLES } from '../fleet/names.ts'
import type { AdminDb } from './admin.ts'
import { mendFleetRights } from './fleet-rights.ts'

/** Roles belong to the whole server, and advisory locks to one database: two fleets may race here, so both outcomes are fine. */
const SHARED_ROLES = `
  do $$
  declare shared text;
  begin
    foreach shared in array array['${FLEET_ROLES.owner}', '${FLEET_ROLES.client}'] loop
      if not exists (select from pg_roles where rolname = shared) then
        begin
          execute format('create role %I nologin', shared);
        exception when duplicate_object or unique_violation then null;
        end;
      end if;
    end loop;
  end $$`

/**
 * Nobody has rights by default: a client's role could otherwise fill the disk with temporary tables and large
 * objects, or connect to another database of the fleet. Catalogue rows are written only where something is left to take away.
 */
const DATABASE_WALLS = `
  do $$
  declare routine regprocedure;
  begin
    if has_database_privilege('public', current_database(), 'connect')
       or has_database_privilege('public', current_database(), 'temporary') then
      execute format('revoke all on database %I from public', current_database());
    end if;
    if not has_database_privilege('${FLEET_ROLES.client}', current_database(), 'connect') then
      execute format('grant connect on database %I to ${FLEET_ROLES.client}', current_database());
    end if;
    if has_schema_privilege('public', 'public', 'usage') or has_schema_privilege('public', 'public', 'create') then
      revoke all on schema public from public;
    end if;
    for routine in
      select oid::regprocedure
        from pg_proc
       where pronamespace = 'pg_catalog'::regnamespace
         and (proname like 'lo\\_%' or proname in ('loread', 'lowrite'))
         and has_function_privilege('public', oid, 'execute')
    loop
      execute format('revoke execute on function %s from public', routine);
    end loop;
  end $$`

/** Whether `DATABASE_WALLS` has nothing to do. */
const WALLS_STAND = `
  not has_database_privilege('public', current_database(), 'connect')
  and not has_database_privilege('public', current_database(), 'temporary')
  and not has_schema_privilege('public', 'public', 'usage')
  and not has_schema_privilege('public', 'public', 'create')
  and coalesce(has_database_privilege(to_regrole('${FLEET_ROLES.client}')::oid, current_database(), 'connect'), false)
  and not exists (
    select from pg_proc
     where pronamespace = 'pg_catalog'::regnamespace
       and (proname like 'lo\\_%' or proname in ('loread', 'lowrite'))
       and has_function_privilege('public', oid, 'execute'))`

/** What all clients share, as it is. `version` is undefined before the first `up`. Reads only. */
export async function inspectFleetSchema(
  db: AdminDb,
): Promise<{ version: number | undefined; wallsStand: boolean }> {
  const { rows } = await db.query<{ made: boolean; walls: boolean }>(
    `select to_regclass('fleet.migrations') is not null as made, ${WALLS_STAND} as walls`,
  )
  const wallsStand = rows[0]?.walls === true
  if (!rows[0]?.made) return { version: undefined, wallsStand }
  const { rows: newest } = await db.query<{ version: number }>(
    'select coalesce(max(version), 0) as version from fleet.migrations',
  )
  return { version: newest[0]?.version ?? 0, wallsStand }
}

/**
 * Makes what all clients share: the walls of the database, the roles `fleet_owner` and `fleet_client`, the extension
 * btree_gist, and schema `fleet` at the newest version with its own walls. May be repeated, and by several at once.
 * @throws BookctlError `fleet-schema-newer` (exit 10) when a newer bookctl has migrated it.
 */
export async function ensureFleetSchema(db: AdminDb): Promise<void> {
  const migrations = readMigrations('fleet')
  await db.transaction(async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('bookctl:fleet-schema', 0))`)
    await tx.query(SHARED_ROLES)
    await tx.query(DATABASE_WALLS)
    await tx.query('create extension if not exists btree_gist schema public')
    await tx.query(`create schema if not exists fleet authorization ${FLEET_ROLES.owner}`)
    await tx.query(`set local role ${FLEET_ROLES.owner}`)
    await tx.query('set local search_path = fleet')
    await tx.query(
      `create table if not exists migrations (
         version integer primary key,
         name text not null,
         applied_at timestamptz not null default now()
       )`,
    )
    const { rows } = await tx.query<{ version: number }>(
      'select coalesce(max(version), 0) as version from migrations',
    )
    const version = rows[0]?.version ?? 0
    if (version > migrations.length)
      throw new BookctlError(
        'fleet-schema-newer',
        'configuration',
        `schema fleet has version ${version}, this bookctl knows ${migrations.length}`,
        { hint: 'A newer bookctl was here: use that one or a later one.' },
      )
    for (const migration of migrations.slice(version)) {
      await tx.query(migration.sql)
      await tx.query('insert into migrations (version, name) values ($1, $2)', [
        migration.version,
        migration.name,
      ])
    }
    await tx.query('reset role')
    await tx.query(`set local lock_timeout = '5s'`)
    await mendFleetRights(tx)
  })
}
