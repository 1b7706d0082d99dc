-- One-time links by which a client's admins bring in other admins, and link members of staff to their accounts.

create table invites (
  code_hash bytea primary key,
  client_id text not null,
  kind text not null,
  role text,
  staff_id bigint,
  created_by bigint not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_by bigint,
  used_at timestamptz,
  constraint invites_kind_shape check (
    case kind
      when 'admin' then role in ('super_admin', 'moderator') and staff_id is null
      when 'staff' then staff_id is not null and role is null
      else false
    end
  ),
  constraint invites_used_together check ((used_by is null) = (used_at is null))
);
comment on table invites is 'The link itself is in no table: only its SHA-256 is kept.';
create index invites_client on invites (client_id, created_at);

alter table invites enable row level security;
create policy own_rows on invites using (client_id = current_user);
grant select, insert, update, delete on invites to fleet_client;
