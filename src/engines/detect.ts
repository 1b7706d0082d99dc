import { BookctlError } from '../errors.ts'
import { requireDocker } from './compose/docker.ts'

/** The engine of a new fleet that names none: Docker where it answers and its Compose is new enough, else this host's own processes. */
export async function detectEngine(): Promise<'compose' | 'local'> {
  try {
    await requireDocker()
    return 'compose'
  } catch (error) {
    if (error instanceof BookctlError) return 'local'
    throw error
  }
}
