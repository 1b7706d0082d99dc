-- Messages that a business sends to its customers. Each recipient's message is a row of the outbox.

create table broadcasts (
  id bigint generated always as identity primary key,
  client_id text not null,
  created_by bigint not null,
  audience jsonb not null,
  content jsonb not null,
  state text not null default 'draft',
  total integer not null default 0,
  delivered integer not null default 0,
  blocked integer not null default 0,
  failed integer not null default 0,
  last_customer_id bigint not null default 0,
  message_id bigint,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  constraint broadcasts_state_known check (state in ('draft', 'running', 'stopped', 'done'))
);
comment on table broadcasts is 'audience: {"kind": "all" | "active" | "tag", …}; content: {"text": HTML, "photo"?: file_id}.';
comment on column broadcasts.last_customer_id is 'Customers up to this id have their row in the outbox: a restart goes on behind it.';
comment on column broadcasts.message_id is 'The message in its author''s chat that shows how far it is.';
create unique index broadcasts_one_running on broadcasts (client_id) where state = 'running';
create index broadcasts_client on broadcasts (client_id, id desc);

alter table broadcasts enable row level security;
create policy own_rows on broadcasts using (client_id = current_user);
grant select, insert, update, delete on broadcasts to fleet_client;
