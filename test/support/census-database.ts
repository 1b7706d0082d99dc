import type { TestFleet } from './fleet.ts'

/** What PostgreSQL holds of a fleet, one sentence for each thing. */
export async function databaseFacts(fleet: TestFleet): Promise<string[]> {
  const session = await fleet.openSession()
  try {
    const facts = await session.query<{ fact: string }>(FACTS)
    const schemas = await session.query<{ id: string }>(
      `select nspname as id from pg_namespace where nspname like 'client\\_%'`,
    )
    const contents: string[] = []
    for (const { id } of schemas.rows) {
      const { rows } = await session.query<{ fact: string }>(contentsOf(id))
      contents.push(...rows.map(({ fact }) => fact))
    }
    // What a restore has replaced bears the time in its name.
    return [...facts.rows.map(({ fact }) => fact), ...contents].map((fact) =>
      fact.replaceAll(/__old_\d{14}/g, '__old_TIME'),
    )
  } finally {
    await session.end()
  }
}

const FACTS = `
  select format('role %s%s in %s', r.rolname, case when r.rolcanlogin then ' login' else '' end,
                (select string_agg(g.rolname, ',') from pg_auth_members m join pg_roles g on g.oid = m.roleid
                  where m.member = r.oid)) as fact
    from pg_roles r
   where r.rolname like 'client\\_%' or r.rolname like 'fleet\\_%'
  union all
  select format('schema %s of %s: %s tables, %s indexes, %s rights', n.nspname, pg_get_userbyid(n.nspowner),
                count(*) filter (where c.relkind = 'r'), count(*) filter (where c.relkind = 'i'),
                (select count(*) from information_schema.role_table_grants g
                  where g.table_schema = n.nspname and g.grantee = n.nspname))
    from pg_namespace n
    left join pg_class c on c.relnamespace = n.oid
   where n.nspname like 'client\\_%'
   group by n.oid, n.nspname, n.nspowner
  union all
  select format('database %s', regexp_replace(datname, '_[0-9a-f]{12}$', '_X')) from pg_database
   where not datistemplate
  union all
  select format('client %s %s ''%s'', bot %s, its own %s', c.client_id, c.state, c.title,
                case when c.bot_id is null then 'none' else 'known' end,
                case when c.bot_id = h.bot_id then 'the same' else 'another' end)
    from fleet.clients c
    left join fleet.heartbeats h using (client_id)
  union all
  select format('journal %s %s %s %s %s', o.client_id, o.kind, o.state, o.error,
                (select string_agg(s.step || ' ' || s.state, ', ' order by s.step) from fleet.operation_steps s
                  where s.operation_id = o.id and s.state <> 'done'))
    from fleet.operations o
  union all
  select format('audit %s %s %s', client_id, action, details -> 'changes') from fleet.audit
  union all
  select format('schema version of %s %s', client_id, version) from fleet.schema_versions
  union all
  select format('kept for %s: %s', client_id, schema_name) from fleet.kept_schemas
  union all
  select format('heartbeat of %s%s', client_id, case when stopped_at is null then '' else ', stopped' end)
    from fleet.heartbeats
  union all
  select format('outbox of %s', client_id) from fleet.outbox
  union all
  select format('update of %s', client_id) from fleet.updates
  union all
  select format('session of %s', application_name) from pg_stat_activity
   where application_name in ('pg_dump', 'pg_restore') or application_name like 'bookctl%'
  union all
  select format('advisory lock %s %s', classid, objid) from pg_locks where locktype = 'advisory'`

function contentsOf(id: string): string {
  return `
    select format('setting %s %s=%s', '${id}', key, value) as fact from ${id}.settings
    union all
    select format('hours %s %s %s-%s', '${id}', weekday, opens, closes) from ${id}.working_hours
    union all
    select format('services %s %s', '${id}', count(*)) from ${id}.services
    union all
    select format('customers %s %s', '${id}', count(*)) from ${id}.users
    union all
    select format('bookings %s %s', '${id}', count(*)) from ${id}.bookings`
}
