import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import type { Ui } from '../ui/output.ts'
import type { ApplyResult, FleetDiff } from './apply.ts'
import type { Change, FleetPlan } from './apply-types.ts'

const HEAD = ['WHERE', 'WHAT', 'WHY']
const NOTHING = 'Nothing to do.'

/** Whether `apply` would do something, or must leave a client alone that it should not. */
export function isPending({ shared, files, clients }: FleetPlan): boolean {
  return (
    shared.length > 0 ||
    files.length > 0 ||
    clients.some(({ changes, problem }) => changes.length > 0 || problem !== undefined)
  )
}

/** A plan as a person reads it: one line for each difference, then the files' own differences. */
export function renderPlan(plan: FleetDiff, ui: Pick<Ui, 'table'>): string {
  if (!isPending(plan)) return NOTHING
  const rows = [
    ...sharedRows(plan.shared),
    ...plan.files.map(({ path, before, edited }) => ['files', path, whyFile(before, edited)]),
    ...plan.clients.flatMap(({ id, changes, problem }) =>
      problem
        ? [[id, 'problem', [problem.message, problem.hint].filter(Boolean).join('. ')]]
        : changeRows(id, changes),
    ),
  ]
  return [ui.table(HEAD, rows), ...plan.files.map(patchOf)].join('\n\n')
}

/** The same for scripts. */
export function planDocument(plan: FleetDiff): unknown {
  return {
    pending: isPending(plan),
    complete: plan.complete,
    shared: plan.shared,
    files: plan.files.map((file) => ({
      path: file.path,
      clientId: file.clientId ?? null,
      edited: file.edited,
      patch: patchOf(file),
    })),
    clients: plan.clients
      .filter(({ changes, problem, warnings }) => changes.length + warnings.length > 0 || problem)
      .map(({ id, changes, problem, warnings }) => ({
        id,
        changes,
        warnings,
        problem: problem
          ? { code: problem.code, message: problem.message, hint: problem.hint ?? null }
          : null,
      })),
  }
}

/** What an apply has done. Clients that were left as they are do not show. */
export function renderResult(
  { shared, files, clients, failure }: ApplyResult,
  ui: Pick<Ui, 'table'>,
): string {
  const rows = [
    ...sharedRows(shared),
    ...files.map((path) => ['files', path, 'written anew']),
    ...clients.flatMap((one) => changeRows(one.id, changesOf(one))),
  ]
  if (rows.length > 0) return ui.table(HEAD, rows)
  return failure === undefined ? NOTHING : ''
}

export function resultDocument({ shared, files, clients }: ApplyResult): unknown {
  const changed = clients.filter((one) => changesOf(one).length > 0)
  return {
    changed: shared.length + files.length + changed.length > 0,
    shared,
    files,
    clients: changed.map((one) => ({ id: one.id, changes: changesOf(one) })),
  }
}

const changesOf = (one: ApplyResult['clients'][number]) => (one.ok ? one.result : [])
const sharedRows = (shared: FleetPlan['shared']) => shared.map(({ what, why }) => ['fleet', what, why])
const changeRows = (id: string, changes: readonly Change[]) => changes.map(({ part, why }) => [id, part, why])

function whyFile(before: string | undefined, edited: boolean): string {
  if (before === undefined) return 'is missing'
  return edited ? 'was changed by hand; that is taken away' : 'differs'
}

function patchOf({ path, before, after }: FleetPlan['files'][number]): string {
  const from = before === undefined ? '/dev/null' : path
  return createTwoFilesPatch(from, path, before ?? '', after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  }).trimEnd()
}
