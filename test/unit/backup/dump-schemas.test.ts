import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { beforeEach, expect, test } from 'vitest'
import { dumpSchemas } from '../../../src/backup/dump-schemas.ts'
import type { Engine } from '../../../src/engines/engine.ts'
import { BookctlError } from '../../../src/errors.ts'
import { type MadeEntry, makeArchive } from '../../support/archive-writer.ts'

const GROUPS = Math.min(availableParallelism(), 4)
const schemas = Array.from({ length: 40 * GROUPS }, (_, index) => `client_${index + 1}`)

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bookctl-groups-'))
  return () => rm(folder, { recursive: true, force: true })
})

/** An engine whose pg_dump writes an archive of the schemas that it was asked for, unless there is an error for them. */
function engineThat(refuses: (asked: readonly string[], call: number) => Error | undefined) {
  const calls: string[][] = []
  const pgTool: Engine['pgTool'] = async (_tool, args, { stdout }) => {
    const asked = args.flatMap((word) => /^--schema="(.*)"$/.exec(word)?.[1] ?? [])
    const error = refuses(asked, calls.push(asked))
    if (error) throw error
    const entries = asked.flatMap((schema, index): MadeEntry[] => [
      { id: 10 * index + 1, kind: 'SCHEMA', tag: schema },
      { id: 10 * index + 2, kind: 'TABLE', tag: 'users', schema },
      { id: 10 * index + 3, kind: 'TABLE DATA', tag: 'users', schema, data: [Buffer.from(schema)] },
    ])
    if (stdout) await pipeline(Readable.from([makeArchive(15, entries).bytes]), stdout)
  }
  return { engine: { name: 'made up', pgTool } as Engine, calls }
}

async function dump(engine: Engine, of = schemas) {
  const items = of.map((schema) => ({ schema, path: join(folder, schema) }))
  const { results, fellBack } = await dumpSchemas({
    engine,
    database: 'd',
    snapshot: 's',
    items,
    workFolder: folder,
  })
  expect(results.map(({ schema }) => schema)).toEqual(of)
  return { failed: results.flatMap((one) => (one.ok ? [] : [one])), fellBack }
}

test('a client that cannot be dumped is found by halving its group, and costs no other client its archive', async () => {
  const { engine, calls } = engineThat((asked) =>
    asked.includes('client_33') ? new Error('somebody has locked a table') : undefined,
  )
  const { failed, fellBack } = await dump(engine)
  expect(failed).toEqual([
    { schema: 'client_33', ok: false, error: new Error('somebody has locked a table') },
  ])
  expect(fellBack).toBe('40 clients could not be dumped at once: somebody has locked a table')
  // Its group twice, then halves of twenty and of ten, and the last ten one by one.
  const sizes = calls.map(({ length }) => length).toSorted((a, b) => b - a)
  expect(sizes).toEqual([...Array<number>(GROUPS + 1).fill(40), 20, 20, 10, 10, ...Array<number>(10).fill(1)])
  expect(await readdir(folder)).toHaveLength(schemas.length - 1)
})

test('a group that fails once is dumped again, and that is all', async () => {
  const { engine, calls } = engineThat((_asked, call) => (call === 1 ? new Error('for a moment') : undefined))
  expect(await dump(engine)).toEqual({ failed: [], fellBack: undefined })
  expect(calls).toHaveLength(GROUPS + 1)
})

test('when the server is away nobody is dumped one by one', async () => {
  const away = new BookctlError('docker-unreachable', 'partly', 'Docker does not answer')
  const { engine, calls } = engineThat(() => away)
  const { failed, fellBack } = await dump(engine)
  expect(failed.map((one) => one.error)).toEqual(schemas.map(() => away))
  expect(fellBack).toBe(undefined)
  expect(calls).toHaveLength(GROUPS)
  expect(await readdir(folder)).toEqual([])
})

test('nobody to be dumped is no work', async () => {
  const { engine, calls } = engineThat(() => undefined)
  expect(await dump(engine, [])).toEqual({ failed: [], fellBack: undefined })
  expect(calls).toEqual([])
})
