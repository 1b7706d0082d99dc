import { PLUMBING_GRANTS, PLUMBING_TABLES } from '../../bot/schema/index.ts'
import { FLEET_ROLES, quoteIdentifier } from '../fleet/names.ts'
import type { AdminDb } from './admin.ts'
import { type Grants, type GrantsPlan, planGrants, readRights } from './grants.ts'

/** What all clients share: their plumbing, through one role, and nothing else in schema `fleet`. */
const SHARED: Grants = {
  schema: 'fleet',
  role: FLEET_ROLES.client,
  tables: PLUMBING_GRANTS,
  unlistedToo: false,
}

const POLICY = 'own_rows'
const POLICY_RULE = '(client_id = CURRENT_USER)'

/** Kinds of objects in pg_default_acl, as `alter default privileges` calls them. */
const DEFAULTS_ON: Readonly<Record<string, string>> = {
  r: 'tables',
  S: 'sequences',
  f: 'functions',
  T: 'types',
  n: 'schemas',
}

/**
 * What of the walls in schema `fleet` does not stand, in words: rights on it, row level security of the plumbing, and
 * default privileges that would give away what is made later. Reads only, by three statements.
 */
export async function inspectFleetRights(db: AdminDb): Promise<string[]> {
  return (await planFleetRights(db)).reasons
}

/** Mends them, in the caller's transaction; writes nothing where they stand. */
export async function mendFleetRights(tx: AdminDb): Promise<void> {
  for (const statement of (await planFleetRights(tx)).statements) await tx.query(statement)
}

async function planFleetRights(db: AdminDb): Promise<GrantsPlan> {
  const plans = [
    planGrants(SHARED, (await readRights(db, [SHARED.schema])).get(SHARED.schema) ?? []),
    await planRowSecurity(db),
    await planDefaults(db),
  ]
  return {
    reasons: plans.flatMap(({ reasons }) => reasons),
    statements: plans.flatMap(({ statements }) => statements),
  }
}

/** Each table of the plumbing shows a client its own rows by one policy; a further one could open others' rows. */
async function planRowSecurity(db: AdminDb): Promise<GrantsPlan> {
  const { rows } = await db.query<{ table: string; on: boolean; policies: Record<string, boolean> }>(
    `select c.relname as table, c.relrowsecurity as on,
            coalesce(
              jsonb_object_agg(
                p.polname,
                p.polname = $2 and p.polcmd = '*' and p.polpermissive and p.polroles = '{0}'
                  and p.polwithcheck is null and pg_get_expr(p.polqual, p.polrelid) = $3
              ) filter (where p.oid is not null),
              '{}') as policies
       from pg_class c
       left join pg_policy p on p.polrelid = c.oid
      where c.relnamespace = to_regnamespace('fleet') and c.relname = any($1)
      group by c.oid, c.relname, c.relrowsecurity
      order by c.relname`,
    [PLUMBING_TABLES, POLICY, POLICY_RULE],
  )
  const plan: GrantsPlan = { reasons: [], statements: [] }
  for (const { table, on, policies } of rows) {
    if (!on) {
      plan.reasons.push(`${table}: row level security is off`)
      plan.statements.push(`alter table fleet.${table} enable row level security`)
    }
    for (const [policy, right] of Object.entries(policies)) {
      if (right) continue
      plan.reasons.push(`${table}: policy ${policy} ${policy === POLICY ? 'is another one' : 'is not ours'}`)
      plan.statements.push(`drop policy ${quoteIdentifier(policy)} on fleet.${table}`)
    }
    if (policies[POLICY]) continue
    if (policies[POLICY] === undefined) plan.reasons.push(`${table}: policy ${POLICY} is missing`)
    plan.statements.push(`create policy ${POLICY} on fleet.${table} using (client_id = current_user)`)
  }
  return plan
}

/** Nobody gets rights by default: neither on what `fleet_owner` makes, nor on what anybody makes among the clients. */
async function planDefaults(db: AdminDb): Promise<GrantsPlan> {
  const { rows } = await db.query<{
    owner: string
    schema: string | null
    kind: string
    grantee: string
    rights: string
  }>(
    // Functions and types are everybody's in PostgreSQL itself; an entry for a whole role repeats that.
    `select pg_get_userbyid(d.defaclrole)::text as owner, n.nspname as schema, d.defaclobjtype::text as kind,
            case x.grantee when 0 then 'public' else pg_get_userbyid(x.grantee)::text end as grantee,
            string_agg(lower(x.privilege_type), ', ' order by x.privilege_type) as rights
       from pg_default_acl d
       left join pg_namespace n on n.oid = d.defaclnamespace,
            aclexplode(d.defaclacl) x
      where (d.defaclrole = to_regrole($1) or n.nspname = 'fleet' or n.nspname like 'client\\_%')
        and d.defaclobjtype::text = any($2)
        and x.grantee <> d.defaclrole
        and not (n.oid is null and x.grantee = 0 and d.defaclobjtype in ('f', 'T'))
      group by 1, 2, 3, 4
      order by 1, 2, 3, 4`,
    [FLEET_ROLES.owner, Object.keys(DEFAULTS_ON)],
  )
  return {
    reasons: rows.map(({ owner, schema, kind, grantee, rights }) => {
      const where = schema === null ? '' : ` in ${schema}`
      return `what ${owner} makes${where}: ${grantee} would have ${rights} on ${DEFAULTS_ON[kind]}`
    }),
    statements: rows.map(({ owner, schema, kind, grantee }) => {
      const where = schema === null ? '' : ` in schema ${quoteIdentifier(schema)}`
      const who = grantee === 'public' ? grantee : quoteIdentifier(grantee)
      return `alter default privileges for role ${quoteIdentifier(owner)}${where} revoke all on ${DEFAULTS_ON[kind]} from ${who}`
    }),
  }
}
