import type { UploadedFile } from './methods/params.ts'
import { badRequest } from './types.ts'

export interface Part {
  name: string
  content: Buffer
  file?: UploadedFile
}

/**
 * The parts of a multipart/form-data body. Telegram takes headers that the platform's own parser refuses: grammY writes
 * `filename=отчёт.csv`, unquoted and in UTF-8.
 */
export function splitMultipart(body: Buffer, contentType: string): Part[] {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType)
  const marker = boundary?.[1] ?? boundary?.[2]
  if (!marker) throw badRequest('multipart body without a boundary')
  const delimiter = Buffer.from(`--${marker}`)
  const parts: Part[] = []
  let at = body.indexOf(delimiter)
  for (;;) {
    const next = at < 0 ? -1 : body.indexOf(delimiter, at + delimiter.length)
    if (next < 0) return parts
    const headersEnd = body.indexOf('\r\n\r\n', at)
    if (headersEnd < 0 || headersEnd > next) throw badRequest('a part of the multipart body has no headers')
    const headers = body.subarray(at + delimiter.length, headersEnd).toString('utf8')
    parts.push(partOf(headers, Buffer.from(body.subarray(headersEnd + 4, next - 2))))
    at = next
  }
}

function partOf(headers: string, content: Buffer): Part {
  const disposition = /^content-disposition:\s*form-data(.*)$/im.exec(headers)?.[1] ?? ''
  const name = attribute(disposition, 'name')
  if (name === undefined) throw badRequest('a part of the multipart body has no name')
  const filename = attribute(disposition, 'filename')
  if (filename === undefined) return { name, content }
  const type = /^content-type:\s*(\S+)/im.exec(headers)?.[1] ?? 'application/octet-stream'
  return { name, content, file: { name: filename, type, content } }
}

function attribute(disposition: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\r\\n]*))`, 'i').exec(disposition)
  return (found?.[1] ?? found?.[2])?.trim()
}
