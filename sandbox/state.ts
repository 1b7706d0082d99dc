import { randomBytes } from 'node:crypto'
import {
  ApiError,
  badRequest,
  type Chat,
  type Message,
  type Update,
  type UpdateKind,
  type User,
} from './types.ts'
import { UpdateQueue } from './update-queue.ts'

/** Kept for each chat, and of recorded calls in all: a sandbox may run for days. */
export const MESSAGES_KEPT = 1000
export const CALLS_KEPT = 20_000
/** How long a tap may be answered. Telegram publishes no number; people see about a minute. */
export const QUERY_LIFETIME_MS = 60_000

export interface BotCommand {
  command: string
  description: string
}

/** What one user and one bot (or a group and a bot) have said to each other. */
export interface Conversation {
  chat: Chat
  messages: Message[]
  nextMessageId: number
  /** The user has written first: until then Telegram lets a bot send nothing. */
  started: boolean
  blocked: boolean
  /** The keyboard that stands under the input field. */
  replyKeyboard: string[][]
  /** Those of its labels that share the phone number instead of being written. */
  contactLabels: string[]
  /** Answers to taps, newest last. */
  toasts: { queryId: string; text: string; alert: boolean }[]
  /** Grows with every change; long polls of the user side wait for it. */
  revision: number
  waiters: Set<() => void>
}

export interface CallbackQuery {
  id: string
  createdAt: number
  answered: boolean
  conversation: Conversation
}

export interface BotState {
  token: string
  user: User
  queue: UpdateQueue
  conversations: Map<number, Conversation>
  queries: Map<string, CallbackQuery>
  /** By `scope|language`. */
  commands: Map<string, BotCommand[]>
  texts: Map<string, string>
  files: Map<string, { name: string; type: string; content: Buffer }>
}

export interface RecordedCall {
  botId: number
  method: string
  params: Record<string, unknown>
  at: string
}

/** Everything the sandbox knows. In memory; nothing survives its end. */
export class SandboxState {
  readonly bots = new Map<number, BotState>()
  readonly users = new Map<number, User>()
  readonly calls: RecordedCall[] = []
  readonly clock: () => Date
  /** May be shortened through the control API, for tests of late answers. */
  queryLifetimeMs = QUERY_LIFETIME_MS
  private nextQueryId = 1

  constructor(clock: () => Date = () => new Date()) {
    this.clock = clock
  }

  seconds(): number {
    return Math.floor(this.clock().getTime() / 1000)
  }

  createBot(input: { token?: string; name?: string; username?: string }): BotState {
    const token = input.token ?? this.newToken(7_000_000_000 + this.bots.size + 1)
    const id = Number(/^(\d+):[A-Za-z0-9_-]{30,}$/.exec(token)?.[1])
    if (!Number.isSafeInteger(id))
      throw badRequest('a token looks like 123456789:AA… with 30 characters or more')
    if (this.bots.has(id)) throw badRequest(`there is a bot with id ${id} already`)
    const bot: BotState = {
      token,
      user: {
        id,
        is_bot: true,
        first_name: input.name ?? `Bot ${id}`,
        username: input.username ?? `sandbox_${id}_bot`,
      },
      queue: new UpdateQueue(1 + Math.floor(Math.random() * 500_000_000)),
      conversations: new Map(),
      queries: new Map(),
      commands: new Map(),
      texts: new Map(),
      files: new Map(),
    }
    this.bots.set(id, bot)
    return bot
  }

  /** As BotFather's /revoke: the same bot under a new token; the old one is refused from now on. */
  revokeToken(bot: BotState): string {
    bot.token = this.newToken(bot.user.id)
    return bot.token
  }

  botOfToken(token: string): BotState {
    const bot = this.bots.get(Number(token.split(':')[0]))
    if (!bot || bot.token !== token) throw new ApiError(401, 'Unauthorized')
    return bot
  }

  createUser(input: Partial<User>): User {
    const id = input.id ?? 100_000_001 + this.users.size
    if (this.users.has(id)) throw badRequest(`there is a user with id ${id} already`)
    const { first_name = `User ${id}`, last_name, username, language_code } = input
    const user: User = {
      id,
      is_bot: false,
      first_name,
      ...(last_name ? { last_name } : {}),
      ...(username ? { username } : {}),
      ...(language_code ? { language_code } : {}),
    }
    this.users.set(id, user)
    return user
  }

  /** The private conversation of a user with a bot; made when it is missing. */
  conversation(bot: BotState, user: User): Conversation {
    const chat: Chat = {
      id: user.id,
      type: 'private',
      first_name: user.first_name,
      ...(user.last_name ? { last_name: user.last_name } : {}),
      ...(user.username ? { username: user.username } : {}),
    }
    return this.conversationWith(bot, chat)
  }

  conversationWith(bot: BotState, chat: Chat): Conversation {
    let conversation = bot.conversations.get(chat.id)
    if (!conversation) {
      conversation = {
        chat,
        messages: [],
        nextMessageId: 1,
        started: false,
        blocked: false,
        replyKeyboard: [],
        contactLabels: [],
        toasts: [],
        revision: 0,
        waiters: new Set(),
      }
      bot.conversations.set(chat.id, conversation)
    }
    return conversation
  }

  addMessage(conversation: Conversation, message: Omit<Message, 'message_id' | 'chat' | 'date'>): Message {
    const stored: Message = {
      message_id: conversation.nextMessageId++,
      chat: conversation.chat,
      date: this.seconds(),
      ...message,
    }
    conversation.messages.push(stored)
    if (conversation.messages.length > MESSAGES_KEPT) conversation.messages.shift()
    this.changed(conversation)
    return stored
  }

  changed(conversation: Conversation): void {
    conversation.revision += 1
    for (const wake of conversation.waiters) wake()
  }

  pushUpdate(bot: BotState, kind: UpdateKind, body: Omit<Update, 'update_id'>): number | undefined {
    return bot.queue.push((id) => ({ update_id: id, ...body }), kind)
  }

  openQuery(bot: BotState, conversation: Conversation): CallbackQuery {
    const query = {
      id: String(this.nextQueryId++),
      createdAt: this.clock().getTime(),
      answered: false,
      conversation,
    }
    bot.queries.set(query.id, query)
    return query
  }

  record(call: RecordedCall): void {
    this.calls.push(call)
    if (this.calls.length > CALLS_KEPT) this.calls.shift()
  }

  private newToken(id: number): string {
    return `${id}:${randomBytes(27).toString('base64url').slice(0, 35)}`
  }
}
