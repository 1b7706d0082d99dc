import { badRequest } from './types.ts'

export const FAULT_KINDS = ['429', '5xx', 'timeout', 'lost-answer', 'reset', 'delay'] as const
export type FaultKind = (typeof FAULT_KINDS)[number]

/**
 * What goes wrong, and for whom. `lost-answer` does the work and cuts the line; `reset` cuts it before the work;
 * `timeout` never answers; `delay` waits `ms` before the work.
 */
export interface Fault {
  kind: FaultKind
  bot?: number
  method?: string
  chat?: number
  /** How many calls it hits; it is forgotten after the last. */
  times: number
  retryAfterSeconds?: number
  ms?: number
}

/** Faults that were asked for, in order; the first that fits a call hits it. */
export class Faults {
  private list: Fault[] = []

  add(fault: Partial<Fault>): Fault {
    if (!FAULT_KINDS.some((kind) => kind === fault.kind))
      throw badRequest(`fault kind must be one of ${FAULT_KINDS.join(', ')}`)
    const added = { times: 1, ...fault } as Fault
    this.list.push(added)
    return added
  }

  active(): readonly Fault[] {
    return this.list
  }

  clear(): void {
    this.list = []
  }

  /** The fault that hits this call, used up by one. */
  take(call: { bot: number; method: string; chat: number | undefined }): Fault | undefined {
    const fault = this.list.find(
      (candidate) =>
        (candidate.bot === undefined || candidate.bot === call.bot) &&
        (candidate.method === undefined || candidate.method.toLowerCase() === call.method.toLowerCase()) &&
        (candidate.chat === undefined || candidate.chat === call.chat),
    )
    if (!fault) return undefined
    fault.times -= 1
    if (fault.times <= 0) this.list = this.list.filter((candidate) => candidate !== fault)
    return fault
  }
}
