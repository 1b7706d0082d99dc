import type { InitialValues } from '../fleet/schema.ts'
import type { AddMode, Found } from './client-add-look.ts'
import type { Token } from './token.ts'

export interface BotIdentity {
  id: string
  username: string | null
}

/** What the operator asked for; what is left out is asked for, taken from the file, or the fleet's default. */
export interface AddWish {
  id?: string
  title?: string
  timeZone?: string
  token?: Token
  admins?: string[]
  initial: InitialValues
  skipTokenCheck: boolean
  keepOnFailure: boolean
  /** Make a new client under the id of a removed one. */
  new: boolean
  /** Take up the data that `remove --keep-data` has left. */
  adopt: boolean
  dryRun: boolean
  timeoutSeconds?: number
}

export interface AddResult {
  id: string
  uuid: string | null
  outcome: 'added' | 'already-active' | 'planned'
  title: string
  bot: BotIdentity
  schema: string
  tables: number
  indexes: number
  role: string
  keyPrefix: string
  aclUser: string
  file: string
}

export interface AddWork {
  found: Found
  mode: Exclude<AddMode, 'already'>
  /** This run has written the client's row already, to get its number. */
  reserved: boolean
  answers: Answers
  bot: BotIdentity
}

/** What the questions were answered with. */
export interface Answers {
  title: string
  token: Token
  /** Undefined: as they are. */
  admins: string[] | undefined
}
