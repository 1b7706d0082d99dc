import type { Salon } from '../pretend.ts'

/** What a row of `bookings` was made into, once for each write that was committed. */
export interface Version {
  /** Ascending in the order of the writes: those of one customer, or of one member of staff, wait for each other. */
  v: number
  /** The transaction that wrote it. */
  tx: number
  id: number
  customerId: number
  staffId: number | null
  status: string
  startsAt: number
  endsAt: number
  /** The names of what is done, as messages have them. */
  service: string
  waitingId: number | null
  expiresAt: number | null
}

/** The database itself writes down what becomes of bookings from now on: no code of the bot can forget to. */
export async function keepVersions(salon: Salon): Promise<void> {
  await salon.sql(
    `create table booking_versions (
       v bigint generated always as identity primary key, tx bigint not null default txid_current(),
       id bigint, customer_id bigint, staff_id bigint, status text, starts_at timestamptz, ends_at timestamptz,
       lines jsonb, waiting_id bigint, hold_expires_at timestamptz)`,
  )
  await salon.sql(
    `create function keep_version() returns trigger language plpgsql security definer set search_path from current as $$
     begin
       insert into booking_versions (id, customer_id, staff_id, status, starts_at, ends_at, lines, waiting_id, hold_expires_at)
       values (new.id, new.customer_id, new.staff_id, new.status, new.starts_at, new.ends_at, new.lines, new.waiting_id,
               new.hold_expires_at);
       return null;
     end $$`,
  )
  await salon.sql(
    'create trigger keep_version after insert or update on bookings for each row execute function keep_version()',
  )
}

/** What was written since version `after`, in order. */
export async function readVersions(salon: Salon, after: number): Promise<Version[]> {
  const rows = await salon.sql<
    Omit<Version, 'startsAt' | 'endsAt' | 'expiresAt'> & {
      starts_at: Date
      ends_at: Date
      hold_expires_at: Date | null
    }
  >(
    `select v::int, tx::int, id::int, customer_id::int as "customerId", staff_id::int as "staffId", status, starts_at,
            ends_at, (select string_agg(line ->> 'name', ' + ') from jsonb_array_elements(lines) line) as service,
            waiting_id::int as "waitingId", hold_expires_at
       from booking_versions where v > $1 order by v`,
    [after],
  )
  return rows.map(({ starts_at, ends_at, hold_expires_at, ...row }) => ({
    ...row,
    startsAt: starts_at.getTime(),
    endsAt: ends_at.getTime(),
    expiresAt: hold_expires_at?.getTime() ?? null,
  }))
}

/** Neither a place on the waitlist nor a time that nobody has confirmed: the rule of `IS_BOOKING`, told once more. */
export function isBooking({ status, expiresAt }: Pick<Version, 'status' | 'expiresAt'>): boolean {
  if (status === 'waiting' || status === 'hold') return false
  return status !== 'expired' || expiresAt === null
}

/** What happened to a booking. */
export interface Change {
  action: 'created' | 'rescheduled' | 'changed' | 'cancelled' | 'status'
  was: Version | undefined
  is: Version
}

/** What these versions made of what was there before (`known`, which learns of them), in order. */
export function changesIn(versions: readonly Version[], known: Map<number, Version>): Change[] {
  const changes: Change[] = []
  for (const is of versions) {
    const was = known.get(is.id)
    known.set(is.id, is)
    const action = isBooking(is) ? actionOf(was && isBooking(was) ? was : undefined, is) : undefined
    if (action !== undefined) changes.push({ action, was, is })
  }
  return changes
}

function actionOf(was: Version | undefined, is: Version): Change['action'] | undefined {
  if (!was) return 'created'
  if (is.status !== was.status && is.status === 'cancelled') return 'cancelled'
  if (is.startsAt !== was.startsAt) return 'rescheduled'
  if (is.staffId !== was.staffId || is.service !== was.service || is.endsAt !== was.endsAt) return 'changed'
  return is.status === was.status ? undefined : 'status'
}
