import type pg from 'pg'
import type { TestFleet } from './fleet.ts'
import { eventually } from './throwaway-servers.ts'

/** Where an operation is held: at its client (by id, or by title where it has no id yet), its step and the moment. */
export interface HoldAt {
  client: string
  step: string
  /** `before`: the step is announced and nothing of it done. `after`: all of it is done and not yet written down. */
  moment?: 'before' | 'after'
}

export interface Hold {
  /** Waits until the operation stands there. */
  reached(): Promise<void>
  /** Lets it go on. */
  release(): Promise<void>
  /** Holds nobody else from here on. */
  onlyThisOne(): Promise<void>
  /** Ends the server's side of the session that stands there, as its end would when the program is gone. */
  endSession(): Promise<void>
}

const CLASS = 0x74657374
/** Five commands at once, each with its containers, take their time on a small machine. */
const REACHED_SECONDS = 180
const installed = new WeakMap<TestFleet, Promise<void>>()
let lastHold = 0

/**
 * Holds an operation at a step: the journal itself does not answer until it is released. Several may be held at once.
 * What the held statement writes is lost when the program is killed there.
 */
export async function withHold<T>(
  fleet: TestFleet,
  at: HoldAt,
  work: (hold: Hold) => Promise<T>,
): Promise<T> {
  const ready = installed.get(fleet) ?? install(fleet)
  installed.set(fleet, ready)
  await ready
  lastHold += 1
  const lock = lastHold
  const session = await fleet.openSession()
  // Tests end servers, and this session with them.
  session.on('error', () => undefined)
  try {
    await session.query('select pg_advisory_lock($1, $2)', [CLASS, lock])
    await session.query('insert into test.holds (lock, client, step, state) values ($1, $2, $3, $4)', [
      lock,
      at.client,
      at.step,
      at.moment === 'after' ? 'done' : 'started',
    ])
    return await work({
      reached: () =>
        eventually(async () => {
          if ((await waiting(session, lock)).length === 0)
            throw new Error(`${at.client}: step ${at.step} was not reached`)
        }, REACHED_SECONDS),
      release: () => release(session, lock),
      onlyThisOne: async () => void (await session.query('delete from test.holds where lock = $1', [lock])),
      endSession: async () => {
        for (const pid of await waiting(session, lock))
          await session.query('select pg_terminate_backend($1, 10000)', [pid])
      },
    })
  } finally {
    await release(session, lock).catch(() => undefined)
    await session.end()
  }
}

async function install(fleet: TestFleet): Promise<void> {
  await fleet.sql(`create schema test;
    create table test.holds (lock integer primary key, client text, step text, state text);
    create function test.hold() returns trigger language plpgsql as $$
      declare held integer;
      begin
        select h.lock into held
          from test.holds h
          join fleet.operations o on o.id = new.operation_id
         where h.client in (o.client_id, o.details ->> 'title') and h.step = new.step and h.state = new.state;
        if found then perform pg_advisory_xact_lock(${CLASS}, held); end if;
        return new;
      end $$;
    create trigger test_hold after insert or update on fleet.operation_steps
      for each row execute function test.hold()`)
}

async function waiting(session: pg.Client, lock: number): Promise<number[]> {
  const { rows } = await session.query<{ pid: number }>(
    `select pid from pg_locks
      where locktype = 'advisory' and classid = $1::bigint::oid and objid = $2::bigint::oid and not granted`,
    [CLASS, lock],
  )
  return rows.map(({ pid }) => pid)
}

async function release(session: pg.Client, lock: number): Promise<void> {
  await session.query('delete from test.holds where lock = $1', [lock])
  await session.query('select pg_advisory_unlock_all()')
}
