import type { TestFleet } from './fleet.ts'

/** Checksums of every row of every other client, of what bookctl knows of them, and of all foreign keys of Redis. */
export async function fingerprintOthers(fleet: TestFleet, id: string): Promise<Record<string, string>> {
  const session = await fleet.openSession()
  const redis = fleet.openRedis()
  try {
    const { rows: tables } = await session.query<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and n.nspname like 'client\\_%' and n.nspname <> $1
          and not starts_with(n.nspname, $1 || '__old_')`,
      [id],
    )
    const prints: Record<string, string> = {}
    for (const { name } of tables) {
      const { rows } = await session.query<{ print: string }>(
        `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as print from ${name} t`,
      )
      prints[name] = rows[0]?.print ?? ''
    }
    const { rows: known } = await session.query<{ print: string }>(
      `select string_agg(concat_ws(' ', uuid, client_id, state, bot_id), '|' order by uuid) as print
         from fleet.clients where client_id <> $1`,
      [id],
    )
    prints['fleet.clients'] = known[0]?.print ?? ''
    for (const key of (await redis.keys('*')).filter((one) => !one.startsWith(`${id}:`)))
      prints[key] = (await redis.dumpBuffer(key))?.toString('hex') ?? ''
    const users = (await redis.call('ACL', 'LIST')) as string[]
    prints['users of Redis'] = users.filter((user) => !user.startsWith(`user ${id} `)).join('\n')
    return prints
  } finally {
    redis.disconnect()
    await session.end()
  }
}
