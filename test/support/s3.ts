import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import S3rver from 's3rver'

/** What the way to the storage does to what passes. */
export type Mood = 'honest' | 'cuts uploads' | 'holds uploads' | 'lies'

export interface TestS3 {
  endpoint: string
  bucket: string
  mood: Mood
  /** Uploads that began since the start. */
  uploads: string[]
  stop(): Promise<void>
}

/** Starts s3rver (npm), which speaks S3, behind a proxy that can cut, hold and falsify what passes. */
export async function startS3(folder: string): Promise<TestS3> {
  const bucket = 'backups'
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: folder,
    configureBuckets: [{ name: bucket, configs: [] }],
  })
  const behind = (await server.run()).port
  const s3: TestS3 = {
    endpoint: '',
    bucket,
    mood: 'honest',
    uploads: [],
    async stop() {
      front.closeAllConnections()
      await new Promise((resolve) => front.close(resolve))
      await server.close()
    },
  }
  const pass = (from: IncomingMessage, to: ServerResponse) => {
    const { method, url: path } = from
    const upload = method === 'PUT' || method === 'POST'
    if (upload) s3.uploads.push(path ?? '')
    if (upload && s3.mood === 'cuts uploads') from.socket.destroy()
    if (!upload || s3.mood === 'honest' || s3.mood === 'lies') forward(from, to)
  }
  const forward = (from: IncomingMessage, to: ServerResponse) => {
    const { method, url: path, headers } = from
    const out = request({ host: '127.0.0.1', port: behind, method, path, headers }, (answer) => {
      const { 'transfer-encoding': _, ...rest } = answer.headers
      to.writeHead(answer.statusCode ?? 500, rest)
      const file = method === 'GET' && /\.dump/.test(path ?? '')
      answer.on('data', (chunk: Buffer) => {
        if (file && s3.mood === 'lies') chunk[0] = (chunk[0] ?? 0) ^ 1
        to.write(chunk)
      })
      answer.on('end', () => to.end())
    })
    out.on('error', () => to.destroy())
    from.pipe(out)
  }
  const front = createServer(pass)
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  s3.endpoint = `http://127.0.0.1:${(front.address() as AddressInfo).port}`
  return s3
}
