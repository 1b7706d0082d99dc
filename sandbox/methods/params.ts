import type { BotState, SandboxState } from '../state.ts'
import { badRequest } from '../types.ts'

export interface UploadedFile {
  name: string
  type: string
  content: Buffer
}

/** One call of a Bot API method, after its body was read. */
export interface MethodCall {
  state: SandboxState
  bot: BotState
  params: Record<string, unknown>
  files: Map<string, UploadedFile>
  /** Aborted when the caller goes away. */
  signal: AbortSignal
}

export type Method = (call: MethodCall) => unknown

export function text(params: Record<string, unknown>, name: string): string | undefined {
  const value = params[name]
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' ? value : JSON.stringify(value)
}

export function integer(params: Record<string, unknown>, name: string): number | undefined {
  const value = params[name]
  if (value === undefined || value === null || value === '') return undefined
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw badRequest(`parameter "${name}" must be an Integer`)
  return number
}

export function flag(params: Record<string, unknown>, name: string): boolean {
  return params[name] === true || params[name] === 'true'
}

/** JSON that came as a string, or Telegram's refusal. */
export function parseJson(source: string): unknown {
  try {
    return JSON.parse(source)
  } catch {
    throw badRequest("can't parse JSON object")
  }
}

/** A list, given as JSON or as a string of JSON; undefined when left out. */
export function list(params: Record<string, unknown>, name: string): unknown[] | undefined {
  const value = params[name]
  if (value === undefined || value === null || value === '') return undefined
  const parsed: unknown = typeof value === 'string' ? parseJson(value) : value
  if (!Array.isArray(parsed)) throw badRequest(`parameter "${name}" must be an Array`)
  return parsed
}
