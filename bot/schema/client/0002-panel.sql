-- What the admin panel keeps beside the booking itself.

alter table services add column price_from boolean not null default false;
alter table services add column deleted_at timestamptz;
alter table services add constraint services_deleted_inactive check (deleted_at is null or not is_active);
comment on column services.price_from is 'The price is the least that it costs: shown as "from".';
comment on column services.deleted_at is 'Deleted services stay for their bookings and can be brought back.';

alter table staff add column deleted_at timestamptz;
alter table staff add constraint staff_deleted_inactive check (deleted_at is null or not is_active);
alter table staff add constraint staff_telegram_id_key unique (telegram_id);
comment on column staff.telegram_id is 'The account that sees this member''s schedule and hears of its bookings.';

alter table booking_history drop constraint booking_history_action_known;
alter table booking_history add constraint booking_history_action_known
  check (action in ('created', 'rescheduled', 'changed', 'cancelled', 'status'));
comment on column booking_history.action is 'changed: another service or another member of staff at the same time.';
