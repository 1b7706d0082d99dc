import type { Fault } from './faults.ts'
import type { RecordedCall } from './state.ts'
import type { Message, User } from './types.ts'

export interface ChatView {
  revision: number
  messages: Message[]
  replyKeyboard: string[][]
  contactLabels: string[]
  toasts: { queryId: string; text: string; alert: boolean }[]
  blocked: boolean
}

/** One person in the chat with one bot. */
export interface Person {
  user: User
  write(text: string): Promise<Message>
  writeInGroup(text: string, group: { id: number; title: string }): Promise<Message>
  sticker(): Promise<Message>
  /** `caption` in Telegram's HTML. */
  photo(caption?: string): Promise<Message>
  contact(phone: string): Promise<Message>
  /** Taps the newest button with this label (or exact data); resolves to the id of the callback query. */
  tap(label: string, options?: { messageId?: number }): Promise<string>
  tapData(data: string, options?: { messageId?: number; forge?: boolean }): Promise<string>
  block(): Promise<void>
  unblock(): Promise<void>
  view(): Promise<ChatView>
  /** Waits until the chat satisfies `ready`; fails with the transcript after `seconds`. */
  waitFor(ready: (view: ChatView) => boolean, what: string, seconds?: number): Promise<ChatView>
  transcript(): Promise<string>
}

export interface SandboxClient {
  createBot(input?: {
    token?: string
    name?: string
    username?: string
  }): Promise<{ token: string; user: User }>
  revoke(botId: number): Promise<string>
  bots(): Promise<
    {
      user: User
      pending: number
      commands: Record<string, { command: string; description: string }[]>
      texts: Record<string, string>
    }[]
  >
  createUser(input?: Partial<User>): Promise<User>
  person(botId: number, user: User): Person
  fault(fault: Partial<Fault>): Promise<void>
  clearFaults(): Promise<void>
  calls(filter?: { bot?: number; method?: string }): Promise<RecordedCall[]>
  setQueryLifetime(ms: number): Promise<void>
}

/** The user side of a sandbox over HTTP, for tests and the demo: bots run in other processes. */
export function createSandboxClient(root: string): SandboxClient {
  async function call<T>(verb: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${root}/sandbox/${path}`, {
      method: verb,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`sandbox: ${verb} ${path.split('?')[0]}: ${text}`)
    return (
      response.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : text
    ) as T
  }

  function person(botId: number, user: User): Person {
    const chat = `chats/${botId}/${user.id}`
    const view = () => call<ChatView>('GET', chat)
    const transcript = () => call<string>('GET', `${chat}/transcript`)
    const tap = async (body: object) => (await call<{ queryId: string }>('POST', `${chat}/tap`, body)).queryId
    return {
      user,
      view,
      transcript,
      write: (text) => call('POST', `${chat}/text`, { text }),
      writeInGroup: (text, group) => call('POST', `${chat}/text`, { text, group }),
      sticker: () => call('POST', `${chat}/sticker`, {}),
      photo: (caption = '') => call('POST', `${chat}/photo`, { caption }),
      contact: (phone) => call('POST', `${chat}/contact`, { phone }),
      tap: (label, options = {}) => tap({ label, ...options }),
      tapData: (data, options = {}) => tap({ data, ...options }),
      block: () => call('POST', `${chat}/block`, {}),
      unblock: () => call('POST', `${chat}/unblock`, {}),
      async waitFor(ready, what, seconds = 90) {
        const deadline = Date.now() + seconds * 1000
        let current = await view()
        while (!ready(current)) {
          if (Date.now() > deadline)
            throw new Error(`waited ${seconds} s for ${what}; the chat is:\n${await transcript()}`)
          current = await call<ChatView>('GET', `${chat}?since=${current.revision}&timeout=2`)
        }
        return current
      },
    }
  }

  return {
    createBot: (input = {}) => call('POST', 'bots', input),
    revoke: async (botId) => (await call<{ token: string }>('POST', `bots/${botId}/revoke`, {})).token,
    bots: () => call('GET', 'bots'),
    createUser: (input = {}) => call('POST', 'users', input),
    person,
    fault: (fault) => call('POST', 'faults', fault),
    clearFaults: () => call('DELETE', 'faults'),
    calls: (filter = {}) =>
      call(
        'GET',
        `calls?${new URLSearchParams(Object.entries(filter).map(([k, v]): [string, string] => [k, String(v)])).toString()}`,
      ),
    setQueryLifetime: (ms) => call('POST', 'query-lifetime', { ms }),
  }
}

/** The bot's newest message in a chat. */
export function lastBotMessage(view: ChatView): Message | undefined {
  return view.messages.findLast((message) => message.from.is_bot)
}
