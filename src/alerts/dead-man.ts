import type { EnvFile } from '../env/env-file.ts'
import { send } from '../telegram/http.ts'

/** A service that raises the alarm when it is not asked for too long: a dead machine sends no alert of its own. */
const DEAD_MAN_URL = 'DEAD_MAN_URL'

/**
 * Asks the dead-man URL, where `.env` names one. Answers with what went wrong, for a warning. Such a URL is a key:
 * it is never told.
 */
export async function pingDeadMan(env: EnvFile): Promise<string | undefined> {
  const address = env.get(DEAD_MAN_URL)
  if (address === undefined) return undefined
  try {
    const url = new URL(address)
    if (!/^https?:$/.test(url.protocol)) return `${DEAD_MAN_URL} in .env is no http address`
    const { status } = await send(url)
    return status < 400 ? undefined : `${DEAD_MAN_URL} answered with status ${status}`
  } catch (error) {
    return `${DEAD_MAN_URL} does not answer (${(error as { code?: string }).code ?? 'no connection'})`
  }
}
