-- What spans clients. Applied by bookctl alone, as fleet_owner, with search_path = fleet.
-- Two kinds of tables live here: bookctl's own (clients, operations, audit) and the runtime's plumbing,
-- which every client role may use for its own rows only (row level security on client_id = current_user).

create table clients (
  uuid uuid primary key default gen_random_uuid(),
  client_id text not null,
  title text not null,
  state text not null,
  bot_id bigint,
  bot_username text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  removed_at timestamptz,
  constraint clients_id_form check (client_id ~ '^client_[a-z0-9]+(_[a-z0-9]+)*$' and length(client_id) <= 40),
  constraint clients_state_known check (state in ('pending', 'active', 'removing', 'detached', 'removed')),
  constraint clients_removed_at_set check ((state = 'removed') = (removed_at is not null))
);
comment on table clients is 'One row for each client that ever was. A removed one stays as a tombstone.';
create unique index clients_living_id on clients (client_id) where state <> 'removed';
create unique index clients_living_bot on clients (bot_id) where state <> 'removed';

create table operations (
  id bigint generated always as identity primary key,
  kind text not null,
  client_id text,
  client_uuid uuid,
  state text not null default 'running',
  step text,
  started_by text not null,
  host text not null,
  pid integer not null,
  child_pids integer[] not null default '{}',
  details jsonb not null default '{}',
  error text,
  started_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  finished_at timestamptz,
  constraint operations_state_known check (state in ('running', 'done', 'failed', 'undone'))
);
comment on table operations is 'The journal: one row for each operation. details never holds a secret.';
create index operations_client on operations (client_id, id desc);
create index operations_running on operations (client_id) where state = 'running';

create table operation_steps (
  operation_id bigint not null references operations (id) on delete cascade,
  step text not null,
  state text not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (operation_id, step),
  constraint operation_steps_state_known check (state in ('started', 'done', 'undone'))
);

create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor text not null,
  action text not null,
  client_id text,
  client_uuid uuid,
  details jsonb not null default '{}'
);
create index audit_client on audit (client_id, at desc);

-- Plumbing of the runtime ---------------------------------------------------------------------------

create table schema_versions (
  client_id text primary key,
  version integer not null,
  oldest_runtime integer not null,
  migrated_at timestamptz not null default now()
);
comment on column schema_versions.oldest_runtime is 'The lowest schema version that a bot must know to work with this schema.';

create table updates (
  client_id text not null,
  bot_id bigint not null,
  update_id bigint not null,
  handled_at timestamptz not null default now(),
  outcome text not null default 'done',
  primary key (client_id, bot_id, update_id),
  constraint updates_outcome_known check (outcome in ('done', 'failed', 'ignored'))
);
comment on table updates is 'Updates whose effects are committed. A row is the promise that the update is never worked twice.';
create index updates_handled_at on updates (client_id, handled_at);

create table outbox (
  id bigint generated always as identity primary key,
  client_id text not null,
  chat_id bigint not null,
  kind text not null,
  method text not null,
  payload jsonb not null,
  dedupe_key text not null,
  repeat_if_unknown boolean not null,
  state text not null default 'queued',
  attempts integer not null default 0,
  not_before timestamptz not null default now(),
  message_id bigint,
  error text,
  created_at timestamptz not null default now(),
  claimed_at timestamptz,
  finished_at timestamptz,
  constraint outbox_dedupe unique (client_id, dedupe_key),
  constraint outbox_state_known check (state in ('queued', 'sending', 'sent', 'failed', 'unknown'))
);
comment on column outbox.repeat_if_unknown is 'Whether to send again when the answer to a send was lost (Telegram has no idempotency key).';
comment on column outbox.payload is 'Parameters of the Bot API method; emptied once the message is finished with.';
create index outbox_due on outbox (client_id, not_before, id) where state in ('queued', 'sending');
create index outbox_finished on outbox (client_id, finished_at) where state in ('sent', 'failed', 'unknown');

create table heartbeats (
  client_id text primary key,
  bot_id bigint not null,
  bot_username text,
  instance uuid not null,
  runtime_version text not null,
  started_at timestamptz not null,
  ready_at timestamptz,
  beat_at timestamptz not null,
  stopped_at timestamptz,
  not_ready_reason text,
  last_update_id bigint,
  last_update_at timestamptz
);
comment on column heartbeats.instance is 'A new one for each start of the runtime, so that an old ready_at is never taken for a new one.';

create table leases (
  client_id text not null,
  name text not null,
  holder uuid not null,
  expires_at timestamptz not null,
  primary key (client_id, name)
);

alter table schema_versions enable row level security;
alter table updates enable row level security;
alter table outbox enable row level security;
alter table heartbeats enable row level security;
alter table leases enable row level security;
create policy own_rows on schema_versions using (client_id = current_user);
create policy own_rows on updates using (client_id = current_user);
create policy own_rows on outbox using (client_id = current_user);
create policy own_rows on heartbeats using (client_id = current_user);
create policy own_rows on leases using (client_id = current_user);

grant usage on schema fleet to fleet_client;
grant select on schema_versions to fleet_client;
grant select, insert, delete on updates to fleet_client;
grant select, insert, update, delete on outbox, leases to fleet_client;
grant select, insert, update on heartbeats to fleet_client;
