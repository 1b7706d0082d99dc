-- A restore in progress, and the schemas that restores have replaced.

alter table clients drop constraint clients_state_known;
alter table clients add constraint clients_state_known
  check (state in ('pending', 'active', 'restoring', 'removing', 'detached', 'removed'));

create table kept_schemas (
  schema_name text primary key,
  client_id text not null,
  client_uuid uuid not null,
  version integer not null,
  replaced_at timestamptz not null default now(),
  keep_until timestamptz not null
);
comment on table kept_schemas is 'Data of a client as it was before a restore; restore --undo puts it back.';
create index kept_schemas_client on kept_schemas (client_id, replaced_at desc);
