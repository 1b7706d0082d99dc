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

/** Who may do what in one schema: usage of it and the listed rights for `role`, nothing for anybody else. */
export interface Grants {
  schema: string
  role: string
  /** By table, as in a statement: `select, insert`. */
  tables: Readonly<Record<string, string>>
  /** Relations that are not listed, which bookctl did not make, may be this role's too. */
  unlistedToo: boolean
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

/** What a client has in its own schema. */
export function clientGrants({ schema, role }: ClientNames): Grants {
  return { schema, role, tables: CLIENT_TABLE_GRANTS, unlistedToo: true }
}

/** Compares owners and rights with the grants that should be. Pure. */
export function planGrants(grants: Grants, facts: readonly RightsFacts[]): GrantsPlan {
  const { role } = grants
  const plan: GrantsPlan = { reasons: [], statements: [] }
  for (const thing of facts) {
    const target = targetOf(grants, thing)
    const expected = expectedRights(grants, thing)
    const label = thing.relation ?? 'schema'
    if (expected && thing.owner !== FLEET_ROLES.owner) {
      plan.reasons.push(`${label}: owned by ${thing.owner}`)
      plan.statements.push(`alter ${target} owner to ${FLEET_ROLES.owner}`)
    }
    for (const [grantee, rights] of Object.entries(thing.rights)) {
      // A change of owner leaves the new one its own rights.
      if (grantee === FLEET_ROLES.owner) continue
      if (grantee === role && (expected || grants.unlistedToo)) continue
      plan.reasons.push(`${label}: ${grantee} has ${rights.join(', ')}`)
      const who = grantee === 'public' ? grantee : quoteIdentifier(grantee)
      plan.statements.push(`revoke all on ${target} from ${who} cascade`)
    }
    if (!expected) continue
    const own = thing.rights[role] ?? []
    const missing = expected.filter((right) => !own.includes(right))
    const extra = own.filter((right) => !expected.includes(right))
    if (missing.length > 0) plan.reasons.push(`${label}: ${role} lacks ${missing.join(', ')}`)
    if (extra.length > 0) {
      plan.reasons.push(`${label}: ${role} has ${extra.join(', ')}`)
      plan.statements.push(`revoke all on ${target} from ${quoteIdentifier(role)} cascade`)
    }
    if (missing.length + extra.length > 0)
      plan.statements.push(`grant ${expected.join(', ')} on ${target} to ${quoteIdentifier(role)}`)
  }
  return plan
}

/** Mends owners and rights in one schema. Returns what it found wrong. */
export async function mendGrants(db: AdminDb, grants: Grants): Promise<string[]> {
  return await db.transaction(async (tx) => {
    await tx.query(`set local lock_timeout = '5s'`)
    const found = (await readRights(tx, [grants.schema])).get(grants.schema) ?? []
    const { reasons, statements } = planGrants(grants, found)
    for (const statement of statements) await tx.query(statement)
    return reasons
  })
}

function expectedRights({ tables }: Grants, { relation, kind }: RightsFacts): string[] | undefined {
  if (kind === 'n') return ['usage']
  return tables[relation ?? '']?.split(', ').toSorted()
}

function targetOf(grants: Grants, { relation, kind }: RightsFacts): string {
  const schema = quoteIdentifier(grants.schema)
  if (relation === null) return `schema ${schema}`
  return `${kind === 'S' ? 'sequence' : 'table'} ${schema}.${quoteIdentifier(relation)}`
}
