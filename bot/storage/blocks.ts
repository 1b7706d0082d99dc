import type { Interval } from '../domain/time.ts'
import type { Tx } from './database.ts'

/** Time that nobody can book with a member of staff, or with anybody (`staffId` null). */
export interface Block extends Interval {
  id: number
  staffId: number | null
  staffName: string | null
  reason: string
}

const BLOCKS = `
  select k.id, k.staff_id, s.name as staff_name, k.reason, lower(k.busy) as starts_at, upper(k.busy) as ends_at
    from blocked_slots k
    left join staff s on s.id = k.staff_id`

interface BlockRow extends Record<string, unknown> {
  id: number
  staff_id: number | null
  staff_name: string | null
  reason: string
  starts_at: Date
  ends_at: Date
}

/** Blocks that are not over, soonest first, then the past ones, newest first; one page. */
export async function listBlocks(
  tx: Tx,
  now: number,
  page: { offset: number; size: number },
): Promise<{ blocks: Block[]; hasMore: boolean }> {
  const { rows } = await tx.query<BlockRow>(
    `${BLOCKS}
      order by upper(k.busy) <= $1,
               case when upper(k.busy) > $1 then lower(k.busy) end,
               lower(k.busy) desc,
               k.id
      limit $2 offset $3`,
    [new Date(now), page.size + 1, page.offset],
  )
  return { blocks: rows.slice(0, page.size).map(asBlock), hasMore: rows.length > page.size }
}

export async function countBlocksAhead(tx: Tx, now: number): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    'select count(*) as count from blocked_slots where upper(busy) > $1',
    [new Date(now)],
  )
  return rows[0]?.count ?? 0
}

export async function findBlock(tx: Tx, id: number): Promise<Block | undefined> {
  const { rows } = await tx.query<BlockRow>(`${BLOCKS} where k.id = $1`, [id])
  return rows[0] && asBlock(rows[0])
}

/** The block that closes just this, if there is one. */
export async function findSameBlock(
  tx: Tx,
  { staffId, start, end }: Interval & { staffId: number | null },
): Promise<Block | undefined> {
  const { rows } = await tx.query<BlockRow>(
    `${BLOCKS}
      where k.staff_id is not distinct from $1
        and k.busy = tstzrange($2, $3, '[)')`,
    [staffId, new Date(start), new Date(end)],
  )
  return rows[0] && asBlock(rows[0])
}

/** Writes a block. The caller holds the locks of all members of staff whom it concerns. */
export async function insertBlock(
  tx: Tx,
  block: Interval & { staffId: number | null; reason: string; createdBy: number },
  now: number,
): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    `insert into blocked_slots (staff_id, busy, reason, created_by, created_at)
     values ($1, tstzrange($2, $3, '[)'), $4, $5, $6)
     returning id`,
    [block.staffId, new Date(block.start), new Date(block.end), block.reason, block.createdBy, new Date(now)],
  )
  return Number(rows[0]?.id)
}

/** False when it was gone already. */
export async function deleteBlock(tx: Tx, id: number): Promise<boolean> {
  return (await tx.query('delete from blocked_slots where id = $1', [id])).rowCount > 0
}

function asBlock(row: BlockRow): Block {
  return {
    id: row.id,
    staffId: row.staff_id,
    staffName: row.staff_name,
    reason: row.reason,
    start: row.starts_at.getTime(),
    end: row.ends_at.getTime(),
  }
}
