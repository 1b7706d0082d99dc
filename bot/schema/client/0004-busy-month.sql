-- A busy month: names that customers gave themselves, who may book, the waitlist.

alter table users add column given_name text;
alter table users add constraint users_given_name_length check (length(given_name) between 1 and 100);
comment on column users.given_name is 'What the customer wants to be called; Telegram''s names do not change it.';

alter table users add column booking_rule text;
alter table users add constraint users_booking_rule_known check (booking_rule in ('deny', 'approval'));
comment on column users.booking_rule is 'Null: books as anybody does. deny: not at all. approval: a booking waits (status pending) for an admin.';
comment on column users.consents is
  '{"<purpose>": {"version": n, "at": instant, "withdrawnAt"?: instant}}; purposes: personalData, broadcasts. personalData also says what was not wanted: "refused"?: {"version": n, "at": instant}, "skipped"?: ["name", "phone"].';

alter table bookings alter column staff_id drop not null;
alter table bookings add constraint bookings_staff_if_not_waiting check (busy is null or staff_id is not null);
-- A place on the waitlist that has ended is expired and has never taken any time.
alter table bookings drop constraint bookings_busy_if_not_waiting;
alter table bookings add constraint bookings_busy_if_not_waiting check (
  case status when 'waiting' then busy is null when 'expired' then true else busy is not null end
);
comment on column bookings.staff_id is 'Null only on the waitlist: anybody who gives the service.';
alter table bookings add column waiting_id bigint references bookings (id);
comment on column bookings.waiting_id is 'The place on the waitlist for which this time is, or was, offered.';
