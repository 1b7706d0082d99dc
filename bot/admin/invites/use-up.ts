import type { InviteRefusal } from '../../storage/invites.ts'

/** Uses the link up; the reason where somebody else was faster. */
export type UseUp = () => Promise<InviteRefusal | undefined>
