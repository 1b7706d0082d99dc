-- One client's schema: 12 tables, 16 indexes. Applied by bookctl alone, as fleet_owner, with search_path set to
-- the client's schema, so nothing here names a schema. Released files are history: add the next number.
-- Instants are timestamptz, working hours are wall-clock times in the client's zone, money is integer minor units.

create table users (
  id bigint generated always as identity primary key,
  telegram_id bigint,
  username text,
  first_name text,
  last_name text,
  phone text,
  language text not null default 'ru',
  tags text[] not null default '{}',
  notes text not null default '',
  consents jsonb not null default '{}',
  gone_at timestamptz,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  constraint users_telegram_id_key unique (telegram_id),
  constraint users_language_known check (language in ('ru', 'en'))
);
comment on table users is 'Customers. telegram_id is null for those who came by phone or walked in.';
comment on column users.gone_at is 'Since when the customer has blocked the bot.';
create index users_username_idx on users (lower(username));
create index users_phone_idx on users (phone);
create index users_last_seen_at_idx on users (last_seen_at);

create table services (
  id bigint generated always as identity primary key,
  name text not null,
  description text not null default '',
  category text not null default '',
  minutes integer not null,
  step_minutes integer,
  buffer_before_minutes integer not null default 0,
  buffer_after_minutes integer not null default 0,
  price_minor bigint,
  currency char(3) not null default 'RUB',
  sort_order integer not null default 0,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint services_name_length check (length(name) between 1 and 100),
  constraint services_description_length check (length(description) <= 500),
  constraint services_minutes_range check (minutes between 5 and 1440),
  constraint services_step_range check (step_minutes between 5 and 1440),
  constraint services_buffers_range check (buffer_before_minutes between 0 and 480 and buffer_after_minutes between 0 and 480),
  constraint services_price_range check (price_minor >= 0)
);
comment on column services.step_minutes is 'Distance between possible starts; null means the setting slotStepMinutes.';
comment on column services.price_minor is 'Kopecks; null means that no price is shown.';
create index services_active_order_idx on services (is_active, sort_order, id);

create table staff (
  id bigint generated always as identity primary key,
  name text not null,
  telegram_id bigint,
  offers jsonb,
  sort_order integer not null default 0,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  constraint staff_name_length check (length(name) between 1 and 100),
  constraint staff_offers_shape check (offers is null or jsonb_typeof(offers) = 'object')
);
comment on column staff.offers is 'Null: every service on its own terms. Else {"<service id>": {"minutes"?: n, "priceMinor"?: n}}.';

create table working_hours (
  id bigint generated always as identity primary key,
  kind text not null,
  staff_id bigint references staff (id) on delete cascade,
  weekday smallint,
  from_date date,
  to_date date,
  anchor_date date,
  pattern smallint[],
  opens time,
  closes time,
  note text not null default '',
  constraint working_hours_weekday_range check (weekday between 1 and 7),
  constraint working_hours_kind_shape check (
    case kind
      when 'weekly' then weekday is not null and opens is not null and closes is not null
      when 'rota' then anchor_date is not null and cardinality(pattern) between 1 and 56 and opens is not null and closes is not null
      when 'exception' then from_date <= to_date and (opens is null) = (closes is null)
      when 'holiday' then from_date <= to_date and (opens is null) = (closes is null)
      else false
    end
  ),
  constraint working_hours_dates_present check (kind not in ('exception', 'holiday') or (from_date is not null and to_date is not null))
);
comment on table working_hours is 'staff_id null: the whole business. weekday 1 is Monday. closes <= opens: past midnight. An exception or holiday without times is closed.';
create index working_hours_staff_id_kind_idx on working_hours (staff_id, kind);

create table bookings (
  id bigint generated always as identity primary key,
  customer_id bigint not null references users (id),
  staff_id bigint not null references staff (id),
  status text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  busy tstzrange,
  local_date date not null,
  local_time time not null,
  time_zone text not null,
  lines jsonb not null,
  price_minor bigint,
  currency char(3) not null default 'RUB',
  source text not null default 'bot',
  intent text,
  hold_expires_at timestamptz,
  reminders_sent jsonb not null default '{}',
  feedback_asked_at timestamptz,
  cancelled_by text,
  cancel_reason text,
  note text not null default '',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint bookings_status_known check (
    status in ('hold', 'pending', 'booked', 'confirmed', 'came', 'no_show', 'cancelled', 'expired', 'waiting')
  ),
  constraint bookings_ends_after_start check (ends_at > starts_at),
  constraint bookings_busy_if_not_waiting check ((status = 'waiting') = (busy is null)),
  constraint bookings_busy_shape check (
    busy is null
    or (not isempty(busy) and lower_inc(busy) and not upper_inc(busy) and not lower_inf(busy) and not upper_inf(busy)
        and busy @> tstzrange(starts_at, ends_at, '[)'))
  ),
  constraint bookings_hold_has_deadline check (status <> 'hold' or hold_expires_at is not null),
  constraint bookings_lines_shape check (jsonb_typeof(lines) = 'array' and jsonb_array_length(lines) >= 1),
  constraint bookings_intent_key unique (intent),
  -- The wall against double bookings. busy holds the buffers; half-open, so 10-11 and 11-12 touch freely.
  constraint bookings_no_overlap exclude using gist (staff_id with =, busy with &&)
    where (status in ('hold', 'pending', 'booked', 'confirmed', 'came', 'no_show'))
);
comment on column bookings.lines is 'As sold: [{"serviceId", "name", "minutes", "priceMinor", "currency"}]; later changes of the catalogue never change them.';
comment on column bookings.busy is 'What the staff member cannot sell twice: start to end with the buffers. Written, not generated: timestamptz + interval is not immutable.';
comment on column bookings.intent is 'One per confirmation that a customer was shown, so that a double tap cannot book twice.';
comment on column bookings.local_date is 'With local_time and time_zone: what the customer was promised, should the rules of a zone change.';
create index bookings_starts_at_idx on bookings (starts_at);
create index bookings_customer_id_starts_at_idx on bookings (customer_id, starts_at);
create index bookings_staff_id_starts_at_idx on bookings (staff_id, starts_at);
create index bookings_hold_expires_at_idx on bookings (hold_expires_at) where status = 'hold';
create index bookings_created_at_idx on bookings (created_at);

create table booking_history (
  id bigint generated always as identity primary key,
  booking_id bigint not null references bookings (id),
  at timestamptz not null default now(),
  action text not null,
  actor text not null,
  actor_telegram_id bigint,
  old_status text,
  new_status text,
  old_starts_at timestamptz,
  new_starts_at timestamptz,
  reason text,
  constraint booking_history_action_known check (action in ('created', 'rescheduled', 'cancelled', 'status')),
  constraint booking_history_actor_known check (actor in ('customer', 'admin', 'operator', 'system'))
);
create index booking_history_booking_id_at_idx on booking_history (booking_id, at);
create index booking_history_at_idx on booking_history (at);

create table blocked_slots (
  id bigint generated always as identity primary key,
  staff_id bigint references staff (id) on delete cascade,
  busy tstzrange not null,
  reason text not null default '',
  created_by bigint,
  created_at timestamptz not null default now(),
  constraint blocked_slots_busy_shape check (
    not isempty(busy) and lower_inc(busy) and not upper_inc(busy) and not lower_inf(busy) and not upper_inf(busy)
  )
);
comment on column blocked_slots.staff_id is 'Null: everybody.';
create index blocked_slots_busy_idx on blocked_slots using gist (busy);
create index blocked_slots_staff_id_idx on blocked_slots (staff_id);

create table feedback (
  id bigint generated always as identity primary key,
  booking_id bigint not null references bookings (id),
  customer_id bigint not null references users (id),
  rating smallint not null,
  comment text not null default '',
  created_at timestamptz not null default now(),
  constraint feedback_booking_id_key unique (booking_id),
  constraint feedback_rating_range check (rating between 1 and 5)
);
create index feedback_created_at_idx on feedback (created_at);

create table admins (
  telegram_id bigint primary key,
  username text,
  name text,
  role text not null default 'moderator',
  added_by bigint,
  added_at timestamptz not null default now(),
  constraint admins_role_known check (role in ('super_admin', 'moderator'))
);
comment on table admins is 'Admins added by the business. The operator''s first admins are declared outside (ADMIN_IDS) and are super admins.';

create table admin_actions (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor text not null,
  actor_telegram_id bigint,
  action text not null,
  target text,
  details jsonb not null default '{}',
  constraint admin_actions_actor_known check (actor in ('admin', 'operator', 'system'))
);
create index admin_actions_at_idx on admin_actions (at);

create table settings (
  key text primary key,
  value jsonb not null,
  updated_at timestamptz not null default now(),
  updated_by text not null default 'operator'
);

create table text_templates (
  key text not null,
  language text not null,
  body text not null,
  updated_at timestamptz not null default now(),
  updated_by bigint,
  primary key (key, language),
  constraint text_templates_language_known check (language in ('ru', 'en'))
);
