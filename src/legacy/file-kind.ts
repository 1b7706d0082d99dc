import { open } from 'node:fs/promises'
import { LegacyFileError } from './data.ts'

export type FileKind = 'sqlite' | 'sql' | 'dump'

const NAMES: Record<FileKind, string> = {
  sqlite: 'an SQLite database',
  sql: 'a plain SQL dump',
  dump: 'an archive of pg_dump -Fc',
}
const HINTS: Record<FileKind, string> = {
  sqlite: 'The old bot kept it as data/bookings.db.',
  sql: 'Make it with: docker-compose exec -T postgres pg_dump -U booking_user -n client_x booking_saas > client_x.sql',
  dump: 'Make it with: docker-compose exec -T postgres pg_dump -U booking_user -Fc booking_saas > booking.dump',
}

/** @throws LegacyFileError naming what the file is, where it is another kind than was said. */
export async function requireKind(path: string, kind: FileKind): Promise<void> {
  const file = await open(path, 'r')
  try {
    const bytes = Buffer.alloc(4096)
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0)
    const found = kindOf(bytes.subarray(0, bytesRead))
    if (found === kind) return
    const hint = found ? `Give it by --${found}, if it is the one that you mean.` : HINTS[kind]
    throw new LegacyFileError(
      'file',
      `this is ${found ? NAMES[found] : 'something else'}, not ${NAMES[kind]}`,
      hint,
    )
  } finally {
    await file.close()
  }
}

function kindOf(head: Buffer): FileKind | undefined {
  const text = head.toString('latin1')
  if (text.startsWith('SQLite format 3\0')) return 'sqlite'
  if (text.startsWith('PGDMP')) return 'dump'
  return /^-- PostgreSQL database dump\r?$/m.test(text) ? 'sql' : undefined
}
