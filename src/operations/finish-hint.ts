import type { ClientState } from './client-rows.ts'

/** What to type when a client is in the middle of something, or out of the fleet. */
export function finishHint(id: string, state: ClientState | undefined): string {
  const hints: Partial<Record<ClientState, string>> = {
    removing: `Finish that first: bookctl client remove ${id} --confirm ${id}`,
    restoring: `Finish that first: bookctl restore ${id} (bookctl status names the backup), or bookctl restore ${id} --undo`,
    detached: `Take it up again: bookctl client add ${id} --adopt`,
    removed: `Bring it back with: bookctl restore ${id}`,
  }
  return hints[state ?? 'pending'] ?? `Finish that first: bookctl client add ${id}`
}
