import type { CliResult } from './cli.ts'
import type { TestFleet } from './fleet.ts'
import { eventually } from './throwaway-servers.ts'

/**
 * Runs a command and kills it (`kill -9`) at the moment when it has written into the journal that this step begins,
 * and has done nothing of it yet. Deterministic: the journal itself holds the command there.
 */
export async function killAtStep(
  fleet: TestFleet,
  step: string,
  args: readonly string[],
  /** Called while the command stands there, before it is killed. */
  meanwhile: () => Promise<void> = () => Promise.resolve(),
): Promise<CliResult> {
  await fleet.sql(`create or replace function fleet.test_hold() returns trigger language plpgsql as
    $$ begin perform pg_sleep(300); return new; end $$`)
  await fleet.sql(`create trigger test_hold after insert or update on fleet.operation_steps
    for each row when (new.step = '${step}' and new.state = 'started') execute function fleet.test_hold()`)
  const held = `select pid from pg_stat_activity where wait_event = 'PgSleep' and application_name like 'bookctl%'`
  let child: { kill(signal: NodeJS.Signals): boolean } | undefined
  const running = fleet.bookctl(args, { onStart: (started) => (child = started) })
  let ended: CliResult | undefined
  void running.then((result) => (ended = result))
  try {
    await eventually(async () => {
      if (ended) return
      if ((await fleet.sql(held)).length === 0) throw new Error(`step ${step} was not reached`)
    })
    if (ended) throw new Error(`ended before step ${step}:\n${ended.stderr}`)
    try {
      await meanwhile()
    } finally {
      child?.kill('SIGKILL')
    }
    const result = await running
    // A killed program's statement goes on in the server until it ends; ours never would.
    await fleet.sql(`select pg_terminate_backend(pid) from (${held}) as held`)
    await eventually(async () => {
      if ((await fleet.sql(held)).length > 0) throw new Error('the held session is still there')
    })
    return result
  } finally {
    await fleet.sql('drop function fleet.test_hold() cascade')
  }
}

/**
 * Runs a command and presses Ctrl-C at the moment when it takes this step; the step ends, the next must not begin.
 */
export async function interruptAtStep(
  fleet: TestFleet,
  step: string,
  args: readonly string[],
): Promise<CliResult> {
  await fleet.sql(`create or replace function fleet.test_hold() returns trigger language plpgsql as
    $$ begin
      while exists (select from fleet.test_gate) loop perform pg_sleep(0.05); end loop;
      return new;
    end $$`)
  await fleet.sql(`create table fleet.test_gate as select true as closed`)
  await fleet.sql(`create trigger test_hold after insert or update on fleet.operation_steps
    for each row when (new.step = '${step}' and new.state = 'started') execute function fleet.test_hold()`)
  let child: { kill(signal: NodeJS.Signals): boolean } | undefined
  const running = fleet.bookctl(args, { onStart: (started) => (child = started) })
  try {
    await eventually(async () => {
      const held = await fleet.sql(
        `select from pg_stat_activity where wait_event = 'PgSleep' and application_name like 'bookctl%'`,
      )
      if (held.length === 0) throw new Error(`step ${step} was not reached`)
    })
    child?.kill('SIGINT')
    // The signal must have arrived before the step may end.
    await new Promise((resolve) => setTimeout(resolve, 300))
    await fleet.sql('delete from fleet.test_gate')
    return await running
  } finally {
    await fleet.sql('drop function fleet.test_hold() cascade')
    await fleet.sql('drop table fleet.test_gate')
  }
}
