import { hostname } from 'node:os'
import type { Context } from '../context.ts'
import { BookctlError } from '../errors.ts'
import type { AdminDb } from '../postgres/admin.ts'
import { redact } from '../secrets/redact.ts'
import { endLeftovers } from './leftovers.ts'
import { messageOf } from './message-of.ts'
import { operator } from './operator.ts'

export type OperationKind =
  | 'client add'
  | 'client set'
  | 'client remove'
  | 'client apply'
  | 'client import'
  | 'restore'
  | 'restore undo'
  | 'restore as'
type Details = Record<string, unknown>

export interface OperationStart {
  kind: OperationKind
  clientId: string
  clientUuid: string
  /** Never a secret. */
  details?: Details
  /** What continues the operation after an interruption: `bookctl client add client_001`. `status` shows it. */
  again: string
}

/** One change of the fleet, written down before each of its steps. */
export interface Operation {
  readonly id: string
  /** True when this goes on where an earlier run of the same operation ended. */
  readonly resumed: boolean
  readonly details: Details
  /** Takes one step: the border at which Ctrl-C takes effect. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>
  /**
   * Takes the last step. What `work` writes and the end of the operation are one transaction: a kill leaves both or
   * neither, so a client that is done never has an operation that still seems to run.
   */
  lastStep(name: string, work: (tx: AdminDb) => Promise<void>): Promise<void>
  note(details: Details): Promise<void>
  /** Notes a program that we started and that may outlive us. */
  child(pid: number): void
  /** Says that a failure has left nothing behind: the row ends as `undone`. */
  markUndone(): void
}

interface Row {
  id: string
  kind: string
  state: string
  host: string
  pid: number
  child_pids: number[]
  details: Details
}

/**
 * Runs one operation under its journal row. The client's lock must be held: then a row that still says `running`
 * belongs to a process that was killed. Its children are ended; its row is continued if it was the same operation.
 * The row ends as done with `lastStep`, else as failed or undone.
 */
export async function withOperation<T>(
  context: Context,
  db: AdminDb,
  start: OperationStart,
  work: (operation: Operation) => Promise<T>,
): Promise<T> {
  const before = await takeOver(db, start)
  const row = before ?? (await begin(db, start))
  let undone = false
  let ended = false
  const steps = journalled(context, db, row, before !== undefined, start.again)
  const operation: Operation = {
    ...steps,
    lastStep: async (name, act) => {
      await steps.announce(name)
      await db.transaction(async (tx) => {
        await act(tx)
        // All of them: a killed run may have done one and not written it down, and this run has found it so.
        await stepsDone(tx, row.id)
        await finish(tx, row.id, 'done')
      })
      ended = true
    },
    markUndone: () => {
      undone = true
    },
  }
  try {
    const result = await work(operation)
    if (!ended) throw new Error(`${start.kind} has not taken its last step`)
    return result
  } catch (error) {
    // The session may be what has failed; then the row stays `running`, and the next run recognises that.
    if (!ended) await finish(db, row.id, undone ? 'undone' : 'failed', error).catch(() => undefined)
    throw context.signal.aborted ? interrupted(error, goesOnWith(row, start.again)) : error
  }
}

/** What bookctl did to the fleet, for good: stays after a client is gone. `details` never holds a secret. */
export async function audit(
  db: AdminDb,
  entry: { action: string; clientId: string; clientUuid?: string; details?: Details },
): Promise<void> {
  await db.query(
    `insert into fleet.audit (actor, action, client_id, client_uuid, details)
     values ($1, $2, $3, coalesce($4::uuid, (
       select uuid from fleet.clients where client_id = $3 and state <> 'removed'
     )), $5)`,
    [operator(), entry.action, entry.clientId, entry.clientUuid ?? null, JSON.stringify(entry.details ?? {})],
  )
}

async function takeOver(db: AdminDb, start: OperationStart): Promise<Row | undefined> {
  const { rows } = await db.query<Row>(
    `select id::text, kind, state, host, pid, child_pids, details from fleet.operations
      where client_id = $1 and (state = 'running' or id = (
        select max(id) from fleet.operations where client_id = $1 and client_uuid = $2 and kind = $3
      ))
      order by id desc`,
    [start.clientId, start.clientUuid, start.kind],
  )
  let mine: Row | undefined
  for (const row of rows) {
    if (row.state === 'running') await endLeftovers(row)
    const same = row.kind === start.kind && (row.state === 'running' || row.state === 'failed')
    if (same && !mine) mine = row
    else if (row.state === 'running') await finish(db, row.id, 'failed', new Error('its process has ended'))
  }
  if (!mine) return undefined
  const details = { ...mine.details, ...start.details, again: start.again }
  await db.query(
    `update fleet.operations
        set state = 'running', host = $2, pid = $3, started_by = $4, child_pids = '{}', error = null,
            finished_at = null, updated_at = now(), details = $5
      where id = $1`,
    [mine.id, hostname(), process.pid, operator(), JSON.stringify(details)],
  )
  return { ...mine, details }
}

async function begin(db: AdminDb, start: OperationStart): Promise<Row> {
  const details = { ...start.details, again: start.again }
  const { rows } = await db.query<Row>(
    `insert into fleet.operations (kind, client_id, client_uuid, started_by, host, pid, details)
     values ($1, $2, $3, $4, $5, $6, $7)
     returning id::text, kind, state, host, pid, child_pids, details`,
    [
      start.kind,
      start.clientId,
      start.clientUuid,
      operator(),
      hostname(),
      process.pid,
      JSON.stringify(details),
    ],
  )
  const row = rows[0]
  if (!row) throw new Error('the journal took no row')
  return row
}

function journalled(
  context: Context,
  db: AdminDb,
  row: Row,
  resumed: boolean,
  again: string,
): Omit<Operation, 'lastStep' | 'markUndone'> & { announce(name: string): Promise<void> } {
  // pg runs the statements of one session in order, so a pid noted during a step is on record before the step's end.
  const pids: Promise<unknown>[] = []
  const details = row.details
  const announce = async (name: string) => {
    throwIfInterrupted(context, goesOnWith(row, again))
    await db.query(
      `with at as (update fleet.operations set step = $2, updated_at = now() where id = $1)
       insert into fleet.operation_steps (operation_id, step, state) values ($1, $2, 'started')
       on conflict (operation_id, step) do update
         set state = 'started', started_at = now(), finished_at = null`,
      [row.id, name],
    )
  }
  return {
    id: row.id,
    resumed,
    details,
    announce,
    async step(name, work) {
      await announce(name)
      const result = await work()
      await Promise.all(pids.splice(0))
      await stepsDone(db, row.id, name)
      return result
    },
    async note(more) {
      Object.assign(details, more)
      await db.query(
        'update fleet.operations set details = details || $2::jsonb, updated_at = now() where id = $1',
        [row.id, JSON.stringify(more)],
      )
    },
    child(pid) {
      const noted = db.query(
        'update fleet.operations set child_pids = child_pids || $2::integer where id = $1',
        [row.id, pid],
      )
      noted.catch(() => undefined)
      pids.push(noted)
    },
  }
}

/** One step, or all that are not yet. */
async function stepsDone(db: AdminDb, id: string, name: string | null = null): Promise<void> {
  await db.query(
    `update fleet.operation_steps set state = 'done', finished_at = now()
      where operation_id = $1 and state <> 'done' and step = coalesce($2, step)`,
    [id, name],
  )
}

async function finish(
  db: AdminDb,
  id: string,
  state: 'done' | 'failed' | 'undone',
  error?: unknown,
): Promise<void> {
  const text = error === undefined ? null : redact(messageOf(error))
  await db.query(
    `update fleet.operations
        set state = $2, error = $3, child_pids = '{}', updated_at = now(), finished_at = now()
      where id = $1`,
    [id, state, text],
  )
}

/** A step may have noted a shorter command by now. */
function goesOnWith({ details }: Row, again: string): string {
  return typeof details['again'] === 'string' ? details['again'] : again
}

/** What a step says that Ctrl-C has cut short (it reaches our programs, too), with how to go on. */
function interrupted(error: unknown, again: string): BookctlError {
  return new BookctlError('interrupted', 'interrupted', messageOf(error), {
    hint: `Go on with: ${again}`,
    cause: error,
  })
}

/** Ctrl-C and SIGTERM take effect here, between two steps. */
export function throwIfInterrupted(context: Context, again: string): void {
  if (!context.signal.aborted) return
  throw new BookctlError('interrupted', 'interrupted', 'Stopped between two steps, as you asked', {
    hint: `Go on with: ${again}`,
  })
}
