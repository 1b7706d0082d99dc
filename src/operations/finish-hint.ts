import type { ClientState } from './client-rows.ts'

/** What to type when a client is in the middle of something, or out of the fleet. */
export function finishHint(id: string, state: ClientState | undefined): string {
  switch (state) {
    case 'removing':
      return `Finish that first: bookctl client remove ${id} --confirm ${id}`
    case 'restoring':
      return `Finish that first: bookctl restore ${id} (bookctl status names the backup), or bookctl restore ${id} --undo`
    case 'detached':
      return `Take it up again: bookctl client add ${id} --adopt`
    case 'removed':
      return `Bring it back with: bookctl restore ${id}`
    default:
      return `Finish that first: bookctl client add ${id}`
  }
}
