import { Bot } from 'grammy'
import type { Update, User } from 'grammy/types'
import { pino } from 'pino'
import { type ClientSettings, DEFAULT_WORK_HOURS } from '../../../bot/contract/settings.ts'
import { NOWHERE } from '../../../bot/faults/faults.ts'
import { botFeatures } from '../../../bot/features.ts'
import { textsWith } from '../../../bot/runtime/own-texts.ts'
import type { BotContext, ClientContext, DialogueState, OutMessage } from '../../../bot/runtime/turn.ts'
import { findRole } from '../../../bot/storage/admins.ts'
import { createDatabase, type Database } from '../../../bot/storage/database.ts'
import type { Sessions } from '../../../bot/storage/sessions.ts'
import { readSettingsAndTexts } from '../../../bot/storage/settings.ts'
import { findMemberOf } from '../../../bot/storage/staff.ts'
import { upsertCustomer } from '../../../bot/storage/users.ts'
import { parseHtml } from '../../../sandbox/html-entities.ts'
import { parseReplyMarkup } from '../../../sandbox/markup.ts'
import { quoteIdentifier } from '../../../src/fleet/names.ts'
import { fleetDatabase, passwordOf, type TestStore } from '../../support/stores.ts'

export interface Seen {
  chatId: number
  messageId: number
  kind: string
  text: string
  /** The same as it goes to Telegram. */
  html: string
  buttons: { label: string; data: string }[]
  /** A document that came with it. */
  file?: { name: string; content: Uint8Array }
  /** The labels of the keyboard under the input line, where the message brought one. */
  keyboard?: string[]
  /** The file_id of a photo whose caption the text is. */
  photo?: string
  /** Where the links in the text and the buttons that leave Telegram lead. */
  links: string[]
}

interface Chat {
  id: number
  type: 'private' | 'supergroup'
}

/** Something that was said, at its place among all that was. */
export interface Said extends Seen {
  /** The update that it answers, or tells others of. */
  turn: number
  /** Counted when it is said, under the locks of its turn: whatever is told of one booking is in the order of what was done. */
  order: number
}

export interface PretendPerson {
  user: User
  write(text: string, chat?: Chat): Promise<Seen[]>
  /** Writes what is marked in HTML as Telegram's apps send it: plain text with its formatting beside it. */
  writeFormatted(html: string): Promise<Seen[]>
  sticker(): Promise<Seen[]>
  /** Shares a contact: the own one, unless told otherwise. */
  contact(phone: string, of?: { user_id?: number }): Promise<Seen[]>
  /** Any other message, as Telegram would deliver it. */
  send(content: object): Promise<Seen[]>
  /** Taps the newest button of this chat with the label, or the data itself. */
  tap(label: string | RegExp): Promise<Seen[]>
  tapData(data: string): Promise<Seen[]>
  /** Taps a button of this message, whatever has been shown since. */
  tapOn(messageId: number, data: string, chat?: Chat): Promise<Seen[]>
  /** Taps a button of the first message, so that what comes later stays as it came; `first` is what it shows now. */
  tapFirst(data: string): Promise<Seen[]>
  first(): Seen
  screen(): Seen
  dataOf(label: string | RegExp): string
  lastToast(): string | undefined
  /** Puts this person into a dialogue, or asks which one it is. */
  dialogue: { get(): DialogueState | undefined; set(state: DialogueState): void }
}

/** A salon's screens on its real database, without Telegram and the runtime: updates in, what is shown out. */
export interface Salon {
  store: TestStore
  clientId: string
  database: Database
  sql<R extends object>(text: string, values?: unknown[]): Promise<R[]>
  setting(values: Partial<ClientSettings>): Promise<void>
  person(user?: Partial<User>): PretendPerson
  messagesOf(chatId: number): Seen[]
  /** Shows a message in a chat, or in place of another one, as what the bot sends of its own accord arrives. */
  show(chatId: number, message: OutMessage, messageId?: number): Seen
  /** Calls `listener` for everything that is shown in any chat from now on. */
  watch(listener: (seen: Seen) => void): void
  /** All that was said since the last call, in order: also what stands nowhere any more, for another screen took its place. */
  takeSaid(): Said[]
  /** The client as the runtime knows it, for what happens without an update. */
  context(): ClientContext
  clock: { now: number }
  admins: number[]
  close(): Promise<void>
}

/** Sums are written with no-break spaces, which nobody can tell from others in a test. */
export const plainSpaces = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')

/** Wednesday 25 November 2026, 09:00 in Moscow. */
export const START = Date.UTC(2026, 10, 25, 6, 0)

/** Nobody is asked for name and phone, unless a test says so by `setting`. */
const UNASKED = { contactDetails: 'off' } as const

export async function openSalon(maxConnections = 3): Promise<Salon> {
  const store = await fleetDatabase()
  const names = await store.addClient()
  // More rivals at once than one bot ever has.
  await store.db.query(`alter role ${quoteIdentifier(names.role)} connection limit ${maxConnections + 5}`)
  const url = new URL(store.url)
  url.username = names.role
  url.password = passwordOf(names)
  const log = pino({ level: 'silent' })
  const database = createDatabase({
    connectionString: url.href,
    maxConnections,
    applicationName: 'test',
    log,
  })
  const clock = { now: START }
  const admins: number[] = []
  const messages: Seen[] = []
  let said: Said[] = []
  let order = 0
  const dialogues = new Map<number, DialogueState>()
  const toasts = new Map<number, string | undefined>()
  const listeners: ((seen: Seen) => void)[] = []
  let ids = 1000
  const sql = async <R extends object>(text: string, values: unknown[] = []) =>
    await store.db.transaction(async (tx) => {
      await tx.query(`set local search_path to ${quoteIdentifier(names.schema)}, public`)
      return (await tx.query<R>(text, values)).rows
    })

  const bot = new Bot<BotContext>('1:token', {
    botInfo: {
      id: 1,
      is_bot: true,
      first_name: 'Salon',
      username: 'salon_bot',
    } as NonNullable<ConstructorParameters<typeof Bot>[1]>['botInfo'] & object,
  })
  const sessions = {
    readDialogue: async (id: number) => dialogues.get(id),
    writeDialogue: async (id: number, state: DialogueState | null) => {
      if (state) dialogues.set(id, state)
      else dialogues.delete(id)
    },
  } as Sessions

  function put(chatId: number, message: OutMessage, messageId?: number, file?: Seen['file']): Seen {
    const markup = parseReplyMarkup(message.keyboard)
    const { entities } = parseHtml(message.html)
    const keys = markup && 'inline_keyboard' in markup ? markup.inline_keyboard.flat() : []
    const seen: Seen = {
      links: [...entities, ...keys].flatMap(({ url }) => url ?? []),
      chatId,
      messageId: messageId ?? ++ids,
      kind: message.kind,
      text: plainSpaces(parseHtml(message.html).text),
      html: message.html,
      buttons:
        markup && 'inline_keyboard' in markup
          ? markup.inline_keyboard
              .flat()
              .map((one) => ({ label: plainSpaces(one.text), data: one.callback_data ?? '' }))
          : [],
      ...(file ? { file } : {}),
      ...(markup && 'keyboard' in markup ? { keyboard: markup.keyboard.flat().map(({ text }) => text) } : {}),
      ...(message.photo === undefined ? {} : { photo: message.photo }),
    }
    if (seen.text.length > 4096) throw new Error('message is too long')
    const index = messages.findIndex((one) => one.messageId === messageId)
    if (index >= 0) messages[index] = seen
    else messages.push(seen)
    for (const listener of listeners) listener(seen)
    return seen
  }

  const context = (): ClientContext => ({
    clientId: names.id,
    botInfo: bot.botInfo,
    api: bot.api,
    db: database,
    sessions,
    faults: NOWHERE,
    staticAdminIds: admins,
    defaults: { settings: UNASKED, workHours: DEFAULT_WORK_HOURS },
    log,
    now: () => clock.now,
  })

  bot.use(async (ctx, next) => {
    await database
      .transaction(async (tx) => {
        const { settings, ownTexts } = await readSettingsAndTexts(tx, UNASKED)
        const customer = ctx.from && (await upsertCustomer(tx, ctx.from, clock.now))
        const textsIn = textsWith(ownTexts, log)
        const after: (() => void)[] = []
        const say = (...what: Parameters<typeof put>) => {
          const at = { turn: ctx.update.update_id, order: ++order }
          after.push(() => said.push({ ...put(...what), ...at }))
        }
        ctx.turn = {
          client: context(),
          tx,
          now: clock.now,
          updateId: ctx.update.update_id,
          settings,
          customer,
          role: customer && ctx.from && (await findRole(tx, admins, ctx.from.id)),
          member: customer && ctx.from && (await findMemberOf(tx, ctx.from.id)),
          texts: textsIn(customer?.language ?? 'ru'),
          textsIn,
          dialogue: ctx.from && dialogues.get(ctx.from.id),
          effects: {
            send: (chatId, message) => say(chatId, message),
            edit: (chatId, messageId, message) => say(chatId, message, messageId),
            sendDocument: (chatId, { kind, caption, file }) =>
              say(chatId, { kind, html: caption }, undefined, file),
            sendPhoto: (chatId, { kind, caption, file }) =>
              say(chatId, { kind, html: caption }, undefined, file),
            toast: (text) => after.push(() => toasts.set(ctx.from?.id ?? 0, text)),
            dialogue: (state) => after.push(() => void sessions.writeDialogue(ctx.from?.id ?? 0, state)),
          },
        }
        await next()
        return after
      })
      .then((after) => after.forEach((effect) => effect()))
  })
  bot.use(botFeatures())

  async function handle(content: object): Promise<void> {
    ids += 1
    const update: object = { update_id: ids, ...content }
    await bot.handleUpdate(update as Update)
  }

  function person(given: Partial<User> = {}): PretendPerson {
    const id = given.id ?? ++ids + 700_000_000
    const user: User = { id, is_bot: false, first_name: `Гость ${id}`, language_code: 'ru', ...given }
    const mine = () => messages.filter((one) => one.chatId === id)
    const find = (label: string | RegExp) => {
      const fits = (text: string) => (typeof label === 'string' ? text === label : label.test(text))
      for (const message of mine().toReversed()) {
        const found = message.buttons.find((one) => fits(one.label))
        if (found) return { message, data: found.data }
      }
      throw new Error(`no button ${label} in ${JSON.stringify(mine().at(-1), null, 1)}`)
    }
    const message = async (content: object, chat: object = { id, type: 'private', first_name: 'x' }) => {
      const before = messages.length
      await handle({ message: { message_id: ++ids, date: clock.now / 1000, chat, from: user, ...content } })
      return messages.slice(before)
    }
    const tapOn = async (
      messageId: number,
      data: string,
      chat: object = { id, type: 'private', first_name: 'x' },
    ) => {
      const before = messages.length
      await handle({
        callback_query: {
          id: String(++ids),
          from: user,
          chat_instance: '1',
          data,
          message: { message_id: messageId, date: 1, chat },
        },
      })
      return messages.slice(before)
    }
    const first = () => {
      const shown = messages.find((one) => one.chatId === id)
      if (!shown) throw new Error('nothing has been shown yet')
      return shown
    }
    return {
      user,
      write: (text, chat) =>
        message(
          {
            text,
            ...(text.startsWith('/')
              ? { entities: [{ type: 'bot_command', offset: 0, length: text.split(' ')[0]?.length }] }
              : {}),
          },
          chat,
        ),
      writeFormatted: (html) => message(parseHtml(html)),
      sticker: () => message({ sticker: { file_id: '1' } }),
      contact: (phone, of = { user_id: id }) =>
        message({ contact: { phone_number: phone, first_name: user.first_name, ...of } }),
      send: (content) => message(content),
      tap: (label) => {
        const { message: carrier, data } = find(label)
        return tapOn(carrier.messageId, data)
      },
      tapOn,
      tapFirst: (data) => tapOn(first().messageId, data),
      first,
      tapData: (data) => tapOn(mine().at(-1)?.messageId ?? 1, data),
      screen: () => {
        const last = mine().at(-1)
        if (!last) throw new Error('nothing has been shown yet')
        return last
      },
      dataOf: (label) => find(label).data,
      lastToast: () => toasts.get(id),
      dialogue: { get: () => dialogues.get(id), set: (state) => void dialogues.set(id, state) },
    }
  }

  return {
    store,
    clientId: names.id,
    database,
    sql,
    clock,
    admins,
    person,
    context,
    messagesOf: (chatId) => messages.filter((one) => one.chatId === chatId),
    show: put,
    watch: (listener) => void listeners.push(listener),
    takeSaid: () => {
      const taken = said.toSorted((a, b) => a.order - b.order)
      said = []
      return taken
    },
    setting: async (values) => {
      for (const [key, value] of Object.entries(values))
        await sql(
          'insert into settings (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value',
          [key, JSON.stringify(value)],
        )
    },
    async close() {
      await database.close()
      await store.close()
    },
  }
}

/** Back to one member of staff who gives everything there will be, without services and bookings. */
export async function cleanCatalogue(salon: Salon): Promise<void> {
  await salon.sql('truncate bookings, booking_history, feedback, admin_actions, services')
  await salon.sql('delete from staff where id > (select min(id) from staff)')
  await salon.sql('update staff set offers = null, is_active = true')
}

/** A salon as it was opened, without any rows: nobody has come, nothing is offered, and it is nine in the morning again. */
export async function emptySalon(salon: Salon): Promise<void> {
  await salon.sql(
    'truncate users, services, staff, working_hours, bookings, booking_history, blocked_slots, feedback, admin_actions, settings, text_templates restart identity',
  )
  await salon.sql('delete from fleet.outbox')
  salon.clock.now = START
  salon.admins.length = 0
}
