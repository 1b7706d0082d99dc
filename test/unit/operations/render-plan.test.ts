import { expect, test } from 'vitest'
import type { FleetDiff } from '../../../src/operations/apply.ts'
import { isPending, planDocument, renderPlan } from '../../../src/operations/render-plan.ts'
import { renderTable } from '../../../src/ui/table.ts'

const ui = {
  table: (head: readonly string[], rows: readonly (readonly string[])[]) => renderTable(head, rows),
}
const NONE: FleetDiff = { shared: [], files: [], clients: [], complete: true }

test('a plan without anything says so', () => {
  expect(isPending(NONE)).toBe(false)
  expect(renderPlan(NONE, ui)).toBe('Nothing to do.')
})

test('files show as patches, and what a person changed in them is pointed out', () => {
  const plan: FleetDiff = {
    ...NONE,
    files: [
      { path: 'docker-compose.yml', before: 'a\nmine\nc\n', after: 'a\nb\nc\n', edited: true },
      {
        path: 'clients/client_anna.yml',
        clientId: 'client_anna',
        before: undefined,
        after: 'x\n',
        edited: false,
      },
    ],
  }
  expect(isPending(plan)).toBe(true)
  expect(renderPlan(plan, ui)).toBe(`WHERE  WHAT                     WHY
files  docker-compose.yml       was changed by hand; that is taken away
files  clients/client_anna.yml  is missing

--- docker-compose.yml
+++ docker-compose.yml
@@ -1,3 +1,3 @@
 a
-mine
+b
 c

--- /dev/null
+++ clients/client_anna.yml
@@ -0,0 +1,1 @@
+x`)
  expect(planDocument(plan)).toMatchObject({
    pending: true,
    files: [
      { path: 'docker-compose.yml', clientId: null, edited: true },
      { path: 'clients/client_anna.yml', clientId: 'client_anna', edited: false },
    ],
  })
})
