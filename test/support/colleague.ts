import type { TestFleet } from './fleet.ts'

/** Works while somebody else, called `a colleague`, holds the lock of a client. */
export async function whileHeld<T>(fleet: TestFleet, id: string, work: () => Promise<T>): Promise<T> {
  const session = await fleet.openSession()
  try {
    await session.query("set application_name = 'a colleague'")
    await session.query("select pg_advisory_lock(x'626b6374'::int, hashtext($1))", [id])
    return await work()
  } finally {
    await session.end()
  }
}
