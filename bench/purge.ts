// The keys of one client deleted among those of all: SCAN and UNLINK as `client remove` does it, against the guide's
// `redis-cli KEYS 'ID:*' | xargs redis-cli DEL`, and what another client's GET waits meanwhile. On a throwaway server of
// its own. Run: npm run bench -- purge
import { type ChildProcess, execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Redis } from 'ioredis'
import { openRedis, purgePrefix } from '../src/redis/admin.ts'
import { startRedis } from '../test/support/throwaway-servers.ts'
import { median, percentile, printTable, seconds } from './support.ts'

const KEYS = Number(process.env['BENCH_KEYS'] ?? 1_000_000)
const OWN = KEYS / 10
const ROUNDS = 3
const PREFIX = 'client_001:'
const OTHER = 'client_002:user:1:state'

/** Another client, in a process of its own: asks for one key again and again until it is told to end. */
async function probe(url: string): Promise<void> {
  const redis = new Redis(url)
  const waited: number[] = []
  const end = new AbortController()
  process.once('message', () => end.abort())
  // The first ones pay for the connection, and for a program that is still cold.
  for (let times = 0; times < 1000; times++) await redis.get(OTHER)
  process.send?.('ready')
  while (!end.signal.aborted) {
    const started = performance.now()
    await redis.get(OTHER)
    waited.push(performance.now() - started)
    // Without a turn of the event loop no message would be heard.
    await new Promise(setImmediate)
  }
  redis.disconnect()
  process.send?.({ p99: percentile(waited, 99), longest: percentile(waited, 100) })
  process.disconnect()
}

interface Measured {
  time: number
  p99: number
  longest: number
}

async function measured(url: string, work: () => Promise<unknown>): Promise<Measured> {
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), ['probe', url])
  await once(child, 'message')
  const time = await seconds(work)
  const answer = once(child, 'message')
  child.send('end')
  const [{ p99, longest }] = (await answer) as [Omit<Measured, 'time'>]
  await once(child, 'exit')
  return { time, p99, longest }
}

async function fill(redis: Redis, prefix: string, count: number): Promise<void> {
  for (let at = 0; at < count; at += 10_000) {
    const pipeline = redis.pipeline()
    for (let key = at; key < Math.min(count, at + 10_000); key++)
      pipeline.set(`${prefix}user:${key}:state`, 'step=time&service=1', 'EX', 86_400)
    await pipeline.exec()
  }
}

async function compare(): Promise<void> {
  const server = await startRedis()
  try {
    const { hostname, port, password } = new URL(server.url)
    const admin = await openRedis({ endpoint: { host: hostname, port: Number(port) }, password })
    for (let client = 2; client <= 10; client++)
      await fill(admin.connection, `client_${String(client).padStart(3, '0')}:`, OWN)
    const cli = `redis-cli -h ${hostname} -p ${port}`
    const env = { ...process.env, REDISCLI_AUTH: password }
    const guide = () =>
      promisify(execFile)('sh', ['-c', `${cli} KEYS '${PREFIX}*' | xargs ${cli} DEL`], {
        env,
        maxBuffer: 1e9,
      })
    const ways = { guide: [] as Measured[], ours: [] as Measured[] }
    // Alternating, so that a noisy neighbour hits each.
    for (let round = 0; round < ROUNDS; round++) {
      await fill(admin.connection, PREFIX, OWN)
      ways.guide.push(await measured(server.url, guide))
      await fill(admin.connection, PREFIX, OWN)
      ways.ours.push(await measured(server.url, () => purgePrefix(admin, PREFIX)))
    }
    await admin.end()
    const of = (way: readonly Measured[], what: keyof Measured) => median(way.map((one) => one[what]))
    const row = (title: string, way: readonly Measured[]) => [
      title,
      `${of(way, 'time').toFixed(2)} s`,
      `${of(way, 'p99').toFixed(1)} ms`,
      `${of(way, 'longest').toFixed(1)} ms`,
      (of(ways.guide, 'longest') / of(way, 'longest')).toFixed(1),
    ]
    printTable(
      [`${OWN} of ${KEYS} keys, median of ${ROUNDS}`, 'time', 'p99 of a GET', 'longest GET', 'ratio of it'],
      [row("KEYS 'ID:*' | xargs DEL", ways.guide), row('SCAN and UNLINK', ways.ours)],
    )
  } finally {
    await server.stop()
  }
}

const [what, url = ''] = process.argv.slice(2)
await (what === 'probe' ? probe(url) : compare())
