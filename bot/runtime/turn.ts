import type { Api, Context } from 'grammy'
import type {
  InlineKeyboardMarkup,
  ReplyKeyboardMarkup,
  ReplyKeyboardRemove,
  UserFromGetMe,
} from 'grammy/types'
import type { Logger } from 'pino'
import type { ClientSettings, WorkHours } from '../contract/settings.ts'
import type { Role } from '../domain/permissions.ts'
import type { Faults } from '../faults/faults.ts'
import type { Texts } from '../i18n/texts.ts'
import type { Database, Tx } from '../storage/database.ts'
import type { Sessions } from '../storage/sessions.ts'
import type { Member } from '../storage/staff.ts'
import type { Customer, Language } from '../storage/users.ts'

/**
 * Everything that belongs to one client. A runtime hosts 1…n of them in one process, so nothing of a client
 * may live at module level.
 */
export interface ClientContext {
  readonly clientId: string
  readonly botInfo: UserFromGetMe
  readonly api: Api
  readonly db: Database
  readonly sessions: Sessions
  /** ADMIN_IDS: the operator's first admins, always super admins. */
  readonly staticAdminIds: readonly number[]
  /** What the environment gives for settings that the client's tables do not hold. */
  readonly defaults: { settings: Partial<ClientSettings>; workHours: WorkHours }
  readonly log: Logger
  readonly faults: Faults
  /** The clock, in epoch milliseconds. */
  readonly now: () => number
}

/** One update at work: what its handlers read, and where they leave what is to happen after the commit. */
export interface Turn {
  readonly client: ClientContext
  /** The update's transaction. Everything that must happen exactly once is written through it. */
  readonly tx: Tx
  readonly now: number
  readonly updateId: number
  readonly settings: ClientSettings
  /** Undefined only where the update has no sender. */
  readonly customer: Customer | undefined
  /** What the sender is in this business; undefined for everybody who is not an admin. */
  readonly role: Role | undefined
  /** The member of staff whose schedule the sender's account is linked to. */
  readonly member: Member | undefined
  readonly texts: Texts
  /** For messages to others, in their language; like `texts` with what the business has written itself. */
  readonly textsIn: (language: Language) => Texts
  readonly effects: Effects
  /** The dialogue as it stood when the update came; undefined where there is none or Redis was lost. */
  readonly dialogue: DialogueState | undefined
}

export type BotContext = Context & { turn: Turn }

/** A message in Telegram's HTML. The texts layer has escaped every value in it. */
export interface OutMessage {
  /** A short name for the log and for statistics: `screen`, `booking-confirmed`, `admin-notice`, … */
  kind: string
  html: string
  /** A photo that Telegram has, by its file_id; the text is its caption then. */
  photo?: string
  keyboard?: InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove
  /** Send again when the answer to a send was lost? Default true: a repeated answer is better than a missing one. */
  repeatIfUnknown?: boolean
}

/**
 * A small file for a person to open or print; it waits in the outbox as a whole. It has no buttons: what they would edit
 * has no text.
 */
export interface OutDocument {
  kind: string
  /** In Telegram's HTML. */
  caption: string
  file: { name: string; content: Uint8Array }
  /** As for messages. */
  repeatIfUnknown?: boolean
}

/** Collected while the update is worked; written to the outbox in its transaction, sent after the commit. */
export interface Effects {
  send(chatId: number, message: OutMessage): void
  /** Edits a message in place. Where Telegram refuses (gone, too old), the message is sent anew. */
  edit(chatId: number, messageId: number, message: OutMessage): void
  /** Sends a file of at most 1 MB. @throws for a larger one */
  sendDocument(chatId: number, document: OutDocument): void
  /** Sends a picture of at most 1 MB, which Telegram shows in the chat. @throws for a larger one */
  sendPhoto(chatId: number, photo: OutDocument): void
  /** Answers the tap. Lost answers are harmless, so this one does not go through the outbox. */
  toast(text?: string, options?: { alert?: boolean }): void
  /** Replaces the dialogue state after the commit; null ends the dialogue. */
  dialogue(state: DialogueState | null): void
}

/** Small, versioned, disposable: losing it costs at most a restarted dialogue. */
export interface DialogueState {
  v: 1
  /** The screen that the customer is on: `services`, `nearest`, `calendar`, `times`, `summary`, … */
  screen: string
  /** The question that the next text answers: the button that asked it, as callback data. */
  input?: string
  /** What a form of several questions has gathered so far. */
  draft?: Draft
}

export type Draft = Readonly<Record<string, string | number | null>>
