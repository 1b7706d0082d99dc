import type { ClientSettings } from '../contract/settings.ts'
import type { Texts } from '../i18n/texts.ts'
import type { ClientContext, OutMessage } from '../runtime/turn.ts'
import type { Tx } from '../storage/database.ts'
import type { Language } from '../storage/users.ts'

/** A message of a job. `key` says which one it is: a job that runs again, or a bot that starts again, sends it once. */
export interface JobMessage {
  key: string
  chatId: number
  message: OutMessage
  /** The message whose place it takes; without it, it is a new one. */
  edits?: number
}

/** What a client's bot does of its own accord: called every some seconds, it finds out itself whether anything is due. */
export interface Job {
  /** For the log. */
  name: string
  /** Runs that follow one another while each has something to send; left out: one. */
  runsAtOnce?: number
  /** Writes through `tx`, and gives back what is to be sent after its commit. */
  run(at: JobTurn): Promise<JobMessage[]>
}

export interface JobTurn {
  client: ClientContext
  tx: Tx
  settings: ClientSettings
  now: number
  /** For messages to customers, with what the business has written itself; read when the first one is to be written. */
  textsIn: (language: Language) => Promise<Texts>
}
