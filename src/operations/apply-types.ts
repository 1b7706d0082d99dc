import type { EngineDrift } from '../engines/engine.ts'
import type { BookctlError } from '../errors.ts'
import type { WrittenDeclaration } from '../fleet/clients.ts'
import type { ClientDeclaration } from '../fleet/schema.ts'
import type { RightsFacts } from '../postgres/grants.ts'
import type { RoleFacts } from '../postgres/roles.ts'
import type { AclUsers } from '../redis/admin.ts'
import type { ClientState } from './client-rows.ts'

/** What was found out about one client, in all places. */
export interface ClientFacts {
  id: string
  declared: WrittenDeclaration | undefined
  /** Its row in fleet.clients; of a removed one the newest. */
  row: { uuid: string; title: string; state: ClientState; botId: string | null } | undefined
  schemaVersion: number | undefined
  /** An operation whose journal row still runs; `held`: somebody's bookctl holds the client at this moment. */
  unfinished: { kind: string; again: string } | undefined
  held: boolean
  /** The last thing that an operator did to its bot was to stop it. */
  stopped: boolean
  role: RoleFacts | undefined
  /** Undefined: there is no such schema. */
  rights: RightsFacts[] | undefined
  /** Null where the row is missing, or no text. */
  settings: { title: string | null; timeZone: string | null } | undefined
}

/** What was found out about the fleet. */
export interface FleetFacts {
  engine: EngineDrift
  fleetSchema: { version: number | undefined; wallsStand: boolean }
  /** What of the walls inside schema `fleet` does not stand, in words. */
  fleetRights: string[]
  clients: ClientFacts[]
  aclUsers: AclUsers
  /** A value of `.env`. */
  secret: (name: string) => string | undefined
}

/** The newest versions of the schemas that this bookctl knows. */
export interface KnownSchemas {
  fleet: number
  client: number
}

/** In the order in which they are mended. */
export const PARTS = [
  'client',
  'declaration',
  'secrets',
  'schema',
  'role',
  'grants',
  'settings',
  'redis',
  'journal',
  'bot',
] as const
export type Part = (typeof PARTS)[number]

/** One thing that does not follow its declaration, and so is to be mended. */
export interface Change {
  part: Part
  why: string
}

/** What is to be done to the bot; `compare`: that can be told only after the changes before it. */
export type BotChange = EngineDrift['bots'][number]['change'] | 'compare'

export interface ClientPlan {
  id: string
  /** `add`: as `client add`; `forget`: a bot that no file and no row knows of. */
  work: 'add' | 'mend' | 'forget' | 'none'
  changes: Change[]
  bot: BotChange | undefined
  /** What its file is to say, where that is missing or lacks the uuid. */
  declaration: ClientDeclaration | undefined
  /** Why nothing is done to this client. */
  problem: BookctlError | undefined
  warnings: string[]
  /** What was seen; where it is another by the time of the work, nothing is done. */
  seen: Pick<ClientFacts, 'declared' | 'row'>
}

export interface FleetPlan {
  shared: EngineDrift['shared']
  files: EngineDrift['files']
  clients: ClientPlan[]
}
