import type { IncomingMessage } from 'node:http'
import type { UploadedFile } from './methods/params.ts'
import { splitMultipart } from './multipart.ts'
import { ApiError, badRequest } from './types.ts'

const BODY_MAX = 52 * 1024 * 1024

export interface ParsedBody {
  params: Record<string, unknown>
  files: Map<string, UploadedFile>
}

/** Reads query, JSON, urlencoded or multipart parameters of a Bot API call. */
export async function readBody(request: IncomingMessage, url: URL): Promise<ParsedBody> {
  const params: Record<string, unknown> = Object.fromEntries(url.searchParams)
  const files = new Map<string, UploadedFile>()
  const body = await readAll(request)
  if (body.length === 0) return { params, files }
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('application/json')) {
    try {
      return { params: { ...params, ...(JSON.parse(body.toString('utf8')) as object) }, files }
    } catch {
      throw badRequest("can't parse JSON object")
    }
  }
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return { params: { ...params, ...Object.fromEntries(new URLSearchParams(body.toString('utf8'))) }, files }
  }
  if (type.startsWith('multipart/form-data')) {
    for (const part of splitMultipart(body, type)) {
      if (part.file) files.set(part.name, part.file)
      else params[part.name] = part.content.toString('utf8')
    }
    for (const [name, value] of Object.entries(params)) {
      const attached = typeof value === 'string' && /^attach:\/\/(.+)$/.exec(value)?.[1]
      const file = attached && files.get(attached)
      if (file) files.set(name, file)
    }
    return { params, files }
  }
  throw badRequest('unsupported content type')
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += (chunk as Buffer).length
    if (size > BODY_MAX) throw new ApiError(413, 'Request Entity Too Large')
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks)
}
