import { expect } from 'vitest'
import type { TestFleet } from './fleet.ts'

/** No bot of the fleet was started before the one started before it was ready. */
export async function expectOneAfterTheOther(fleet: TestFleet): Promise<void> {
  const starts = await fleet.sql<{ id: string; waited: boolean | null }>(
    `select client_id as id, started_at > lag(ready_at) over (order by started_at) as waited
       from fleet.heartbeats
      where stopped_at is null
      order by started_at`,
  )
  expect(starts.length).toBeGreaterThan(1)
  const [, ...later] = starts
  expect(later).toEqual(later.map(({ id }) => ({ id, waited: true })))
}
