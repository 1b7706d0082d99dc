import { Chalk, type ChalkInstance } from 'chalk'

/** Whether a stream may be coloured: FORCE_COLOR, then --no-color, NO_COLOR and TERM=dumb, then whether it is a terminal. */
export function wantsColor(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv, allowed: boolean): boolean {
  if (env['FORCE_COLOR'] && env['FORCE_COLOR'] !== '0') return true
  if (!allowed || env['NO_COLOR'] || env['TERM'] === 'dumb') return false
  return stream.isTTY === true
}

/** The few styles that are used, or none. A state is never told by colour alone. */
export function createStyle(color: boolean): ChalkInstance {
  return new Chalk({ level: color ? 1 : 0 })
}
