import { CLIENT_TABLE_GRANTS } from '../../bot/schema/index.ts'
import { type ClientNames, FLEET_ROLES, quoteIdentifier } from '../fleet/names.ts'
import type { AdminDb } from './admin.ts'

/** Who owns a schema (`relation` is null) or something in it, and what others may do with it. */
export interface RightsFacts {
  relation: string | null
  /** As pg_class.relkind; `n` for the schema itself. */
  kind: string
  owner: string
  /** By grantee, sorted: `select`, `update (phone)`, `select*` with the right to hand it on. `public` is everybody. */
  rights: Record<string, string[]>
}

export interface GrantsPlan {
  /** What is not as it should be. */
  reasons: string[]
  /** What mends it, in this order, in one transaction. */
  statements: string[]
}

/** Owners and rights of these schemas and of everything in them, by one statement. A schema that is not there is left out. */
export async function readRights(
  db: AdminDb,
  schemas: readonly string[],
): Promise<Map<string, RightsFacts[]>> {
  const { rows } = await db.query<RightsFacts & { schema: string }>(
    `with spaces as (
       select oid, nspname, nspowner, nspacl from pg_namespace where nspname = any($1)
     ), things as (
       select nspname, null::text as relation, 'n' as kind, nspowner as owner, nspacl as acl, null::oid as relid
         from spaces
       union all
       select s.nspname, c.relname, c.relkind::text, c.relowner, c.relacl, c.oid
         from spaces s join pg_class c on c.relnamespace = s.oid
        where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
     ), items as (
       select t.nspname, t.relation, x.grantee, lower(x.privilege_type) as what, x.is_grantable
         from things t, aclexplode(t.acl) x where x.grantee <> t.owner
       union all
       select t.nspname, t.relation, x.grantee, format('%s (%I)', lower(x.privilege_type), a.attname), x.is_grantable
         from things t
         join pg_attribute a on a.attrelid = t.relid and a.attacl is not null, aclexplode(a.attacl) x
        where x.grantee <> t.owner
     ), rights as (
       select nspname, relation, case grantee when 0 then 'public' else pg_get_userbyid(grantee)::text end as grantee,
              array_agg(what || case when is_grantable then '*' else '' end order by what) as what
         from items group by nspname, relation, items.grantee
     ), gathered as (
       select nspname, coalesce(relation, '') as relation, jsonb_object_agg(grantee, what) as rights
         from rights group by 1, 2
     )
     select t.nspname as schema, t.relation, t.kind, pg_get_userbyid(t.owner)::text as owner,
            coalesce(g.rights, '{}') as rights
       from things t
       left join gathered g on g.nspname = t.nspname and g.relation = coalesce(t.relation, '')
      order by t.nspname, t.relation nulls first`,
    [schemas],
  )
  const found = new Map<string, RightsFacts[]>()
  for (const { schema, ...facts } of rows) found.set(schema, [...(found.get(schema) ?? []), facts])
  return found
}

/** Tables of a client that are not in its schema. No grant can mend that. Pure. */
export function missingTables(facts: readonly RightsFacts[]): string[] {
  const there = new Set(facts.map(({ relation }) => relation))
  return Object.keys(CLIENT_TABLE_GRANTS).filter((table) => !there.has(table))
}

/**
 * Compares owners and rights with what a client has: usage of its schema and CLIENT_TABLE_GRANTS for its own role, and
 * nothing for anybody else. Tables that bookctl did not make may be its role's too, but nobody else's. Pure.
 */
export function planGrants(names: ClientNames, facts: readonly RightsFacts[]): GrantsPlan {
  const plan: GrantsPlan = { reasons: [], statements: [] }
  for (const thing of facts) {
    const target = targetOf(names, thing)
    const expected = expectedRights(thing)
    const label = thing.relation ?? 'schema'
    if (expected && thing.owner !== FLEET_ROLES.owner) {
      plan.reasons.push(`${label}: owned by ${thing.owner}`)
      plan.statements.push(`alter ${target} owner to ${FLEET_ROLES.owner}`)
    }
    for (const [grantee, rights] of Object.entries(thing.rights)) {
      // A change of owner leaves the new one its own rights.
      if (grantee === names.role || grantee === FLEET_ROLES.owner) continue
      plan.reasons.push(`${label}: ${grantee} has ${rights.join(', ')}`)
      const who = grantee === 'public' ? grantee : quoteIdentifier(grantee)
      plan.statements.push(`revoke all on ${target} from ${who} cascade`)
    }
    if (!expected) continue
    const own = thing.rights[names.role] ?? []
    const missing = expected.filter((right) => !own.includes(right))
    const extra = own.filter((right) => !expected.includes(right))
    if (missing.length > 0) plan.reasons.push(`${label}: ${names.role} lacks ${missing.join(', ')}`)
    if (extra.length > 0) {
      plan.reasons.push(`${label}: ${names.role} has ${extra.join(', ')}`)
      plan.statements.push(`revoke all on ${target} from ${quoteIdentifier(names.role)} cascade`)
    }
    if (missing.length + extra.length > 0)
      plan.statements.push(`grant ${expected.join(', ')} on ${target} to ${quoteIdentifier(names.role)}`)
  }
  return plan
}

/** Mends owners and rights of one client. Returns what it found wrong. */
export async function mendGrants(db: AdminDb, names: ClientNames): Promise<string[]> {
  return await db.transaction(async (tx) => {
    await tx.query(`set local lock_timeout = '5s'`)
    const { reasons, statements } = planGrants(
      names,
      (await readRights(tx, [names.schema])).get(names.schema) ?? [],
    )
    for (const statement of statements) await tx.query(statement)
    return reasons
  })
}

function expectedRights({ relation, kind }: RightsFacts): string[] | undefined {
  if (kind === 'n') return ['usage']
  const listed = (CLIENT_TABLE_GRANTS as Record<string, string>)[relation ?? '']
  return listed?.split(', ').toSorted()
}

function targetOf(names: ClientNames, { relation, kind }: RightsFacts): string {
  const schema = quoteIdentifier(names.schema)
  if (relation === null) return `schema ${schema}`
  return `${kind === 'S' ? 'sequence' : 'table'} ${schema}.${quoteIdentifier(relation)}`
}
