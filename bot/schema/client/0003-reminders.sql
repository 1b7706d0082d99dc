-- Reminders: when the present time of a booking was agreed. Languages that customers have chosen themselves.

alter table bookings add column timed_at timestamptz;
comment on column bookings.timed_at is 'When the present time was agreed, for reminders; null: when the booking was made.';

alter table users add column language_chosen boolean not null default false;
comment on column users.language_chosen is 'The customer has chosen the language; what Telegram names does not change it.';
