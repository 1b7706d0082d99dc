import { userInfo } from 'node:os'

/** Who is at work, for the journal and for the second operator who finds a client locked: `root`. */
export function operator(): string {
  try {
    return userInfo().username
  } catch {
    // A container's user may have no name.
    return `uid ${process.getuid?.() ?? '?'}`
  }
}
