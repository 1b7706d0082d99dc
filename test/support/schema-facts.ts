import { quoteIdentifier } from '../../src/fleet/names.ts'
import type { AdminDb } from '../../src/postgres/admin.ts'

/** What a schema holds, one line for each fact: columns, constraints, indexes, sequences, and every row by its hash. */
export async function schemaFacts(db: AdminDb, schema: string): Promise<string[]> {
  const { rows } = await db.query<{ fact: string }>(
    `select format('column %s.%s %s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                   a.attnotnull, a.attidentity, pg_get_expr(d.adbin, d.adrelid)) as fact
       from pg_class c
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      where c.relnamespace = to_regnamespace($1) and c.relkind = 'r'
     union all
     select format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid, true))
       from pg_constraint
      where connamespace = to_regnamespace($1)
     union all
     select 'index ' || indexdef from pg_indexes where schemaname = $2
     union all
     select format('sequence %s %s', sequencename, last_value) from pg_sequences where schemaname = $2`,
    [quoteIdentifier(schema), schema],
  )
  const { rows: tables } = await db.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = to_regnamespace($1) and relkind = 'r'`,
    [quoteIdentifier(schema)],
  )
  const facts = rows.map(({ fact }) => fact)
  for (const { name } of tables) {
    const { rows: sums } = await db.query<{ rows: number; hash: string | null }>(
      `select count(*) as rows, md5(string_agg(t::text, E'\\n' order by t::text)) as hash
         from ${quoteIdentifier(schema)}.${quoteIdentifier(name)} t`,
    )
    facts.push(`rows ${name} ${sums[0]?.rows} ${sums[0]?.hash}`)
  }
  return facts.toSorted()
}
