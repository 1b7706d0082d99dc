import { HELD_SQL, isHeld } from './client-lock.ts'

/**
 * The whole fleet in one statement. Counts are exact (decision 0005); query_to_xml is what lets one statement read
 * schemas that are known only by rows of fleet.clients. A client whose schema is not there yet has nulls.
 * `held`: somebody's bookctl has the client's lock, so an unfinished operation is going on and not left over.
 */
export const FLEET_STATUS_SQL = `
  with living as (
    select uuid, client_id, title, state, bot_username
      from fleet.clients
     where state <> 'removed'
  ), sizes as (
    select n.nspname as client_id, sum(pg_total_relation_size(c.oid))::float8 as bytes
      from pg_namespace n
      join living on living.client_id = n.nspname
      join pg_class c on c.relnamespace = n.oid
     where c.relkind = 'r'
     group by n.nspname
  ), unfinished as (
    select distinct on (client_id) client_id, kind, step, started_by, started_at, details ->> 'again' as again
      from fleet.operations
     where state = 'running'
     order by client_id, id desc
  ), held as (
    ${HELD_SQL}
  )
  select living.client_id, living.title, living.state, coalesce(h.bot_username, living.bot_username) as bot_username,
         sizes.bytes,
         h.ready_at is not null and h.not_ready_reason is null and h.stopped_at is null
           and h.beat_at > now() - interval '30 seconds' as ready,
         h.not_ready_reason, h.stopped_at is not null as stopped,
         extract(epoch from now() - h.beat_at)::float8 as beat_age_seconds, h.last_update_at,
         case when to_regclass(format('%I.users', coalesce(living.client_id, 'nobody'))) is not null
              then (xpath('/row/n/text()', query_to_xml(
                     format('select count(*) as n from %I.users', living.client_id), false, true, '')))[1]::text::float8
         end as customers,
         case when to_regclass(format('%I.bookings', coalesce(living.client_id, 'nobody'))) is not null
              then (xpath('/row/n/text()', query_to_xml(
                     format('select count(*) as n from %I.bookings where starts_at > now() and status in (''pending'', ''booked'', ''confirmed'')',
                            living.client_id), false, true, '')))[1]::text::float8
         end as upcoming,
         ${isHeld('living.client_id')} as held,
         u.kind as unfinished_kind, u.step as unfinished_step, u.started_by as unfinished_by,
         u.started_at as unfinished_since, u.again as unfinished_again,
         server.version as server_version, server.connections, server.max_connections
    from (select current_setting('server_version') as version,
                 current_setting('max_connections')::int as max_connections,
                 (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections) server
    left join living on true
    left join sizes using (client_id)
    left join fleet.heartbeats h using (client_id)
    left join unfinished u using (client_id)
   order by living.client_id`
