import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { eventually } from './throwaway-servers.ts'

/** One item of an envelope that came in. */
export interface Report {
  project: string
  type: string
  payload: Record<string, unknown>
}

/** Stands in for Sentry: takes envelopes for any project. */
export interface SentryStandIn {
  /** The address of a project, for SENTRY_DSN. */
  dsn(project: number): string
  reports: Report[]
  /** Everything that came in, as it came. */
  raw(): string
  received(type: string, project?: number): Promise<Report>
  close(): Promise<void>
}

export async function startSentryStandIn(): Promise<SentryStandIn> {
  const reports: Report[] = []
  let raw = ''
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      take(request, Buffer.concat(chunks))
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  const take = (request: IncomingMessage, body: Buffer) => {
    const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString()
    raw += text
    const project = /^\/api\/(\d+)\/envelope\/$/.exec(request.url?.split('?')[0] ?? '')?.[1] ?? 'none'
    const [, ...lines] = text.split('\n')
    for (let at = 0; at + 1 < lines.length; at += 2) {
      const { type } = JSON.parse(lines[at] ?? '{}') as { type: string }
      reports.push({ project, type, payload: JSON.parse(lines[at + 1] ?? '{}') as Report['payload'] })
    }
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    dsn: (project) => `http://publickey@127.0.0.1:${port}/${project}`,
    reports,
    raw: () => raw,
    received: (type, project) =>
      eventually(async () => {
        const found = reports.find(
          (one) => one.type === type && (project === undefined || one.project === String(project)),
        )
        if (!found) throw new Error(`no ${type} came; so far: ${JSON.stringify(reports)}`)
        return found
      }),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
