import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody } from './body.ts'
import { sendJson } from './bot-api.ts'
import type { Faults } from './faults.ts'
import { text } from './methods/params.ts'
import type { BotState, Conversation, SandboxState } from './state.ts'
import { renderTranscript } from './transcript.ts'
import { ApiError, type User } from './types.ts'
import {
  type Actor,
  sendPhoto,
  sendSticker,
  setBlocked,
  shareContact,
  tapButton,
  writeText,
} from './user-side.ts'

interface Control {
  state: SandboxState
  faults: Faults
}

/** The side of people and tests: everything under `/sandbox/`. Its page in README.md lists the calls. */
export async function answerControl(
  control: Control,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  try {
    const { params } = await readBody(request, url)
    const path = url.pathname.split('/').slice(2)
    const result = await route(control, request.method ?? 'GET', path, params, response)
    if (result !== undefined) sendJson(response, 200, result)
  } catch (error) {
    const api = error instanceof ApiError ? error : new ApiError(500, String(error))
    sendJson(response, api.code, { error: api.message })
  }
}

async function route(
  { state, faults }: Control,
  verb: string,
  [head = '', ...rest]: string[],
  params: Record<string, unknown>,
  response: ServerResponse,
): Promise<unknown> {
  switch (`${verb} ${head}`) {
    case 'GET bots':
      return [...state.bots.values()].map(describeBot)
    case 'POST bots': {
      if (rest[1] === 'revoke') return { token: state.revokeToken(botById(state, rest[0])) }
      const bot = state.createBot(params)
      return { token: bot.token, user: bot.user }
    }
    case 'GET users':
      return [...state.users.values()]
    case 'POST users':
      return state.createUser(params)
    case 'GET chats':
      return readChat(state, rest, params, response)
    case 'POST chats':
      return act(
        { state, bot: botById(state, rest[0]), user: userById(state, rest[1]) },
        rest[2] ?? '',
        params,
      )
    case 'GET files':
      return sendFile(botById(state, rest[0]), rest[1] ?? '', response)
    case 'GET calls':
      return state.calls.filter(
        (call) =>
          (params['bot'] === undefined || call.botId === Number(params['bot'])) &&
          (params['method'] === undefined || call.method === params['method']),
      )
    case 'GET faults':
      return faults.active()
    case 'POST faults':
      return faults.add(params)
    case 'DELETE faults':
      faults.clear()
      return {}
    case 'POST query-lifetime':
      state.queryLifetimeMs = Number(params['ms'])
      return {}
    default:
      throw new ApiError(404, `no such call: ${verb} /sandbox/${[head, ...rest].join('/')}`)
  }
}

function act(actor: Actor, action: string, params: Record<string, unknown>): unknown {
  switch (action) {
    case 'text':
      return writeText(
        actor,
        text(params, 'text') ?? '',
        params['group'] as { id: number; title: string } | undefined,
      )
    case 'sticker':
      return sendSticker(actor)
    case 'photo':
      return sendPhoto(actor, text(params, 'caption') ?? '')
    case 'contact':
      return shareContact(actor, text(params, 'phone') ?? '')
    case 'tap':
      return { queryId: tapButton(actor, params) }
    case 'block':
      setBlocked(actor, true)
      return {}
    case 'unblock':
      setBlocked(actor, false)
      return {}
    default:
      throw new ApiError(404, `a user cannot '${action}'`)
  }
}

/** A chat as it is now, or, with `since` and `timeout`, as soon as it has changed. */
async function readChat(
  state: SandboxState,
  [botId, chatId, view]: string[],
  params: Record<string, unknown>,
  response: ServerResponse,
): Promise<unknown> {
  const bot = botById(state, botId)
  const user = state.users.get(Number(chatId))
  const conversation = user ? state.conversation(bot, user) : bot.conversations.get(Number(chatId))
  if (!conversation) throw new ApiError(404, 'no such chat')
  if (view === 'transcript') {
    response
      .writeHead(200, { 'content-type': 'text/plain; charset=utf-8' })
      .end(renderTranscript(conversation))
    return undefined
  }
  if (conversation.revision <= Number(params['since'] ?? -1)) {
    await changeOf(conversation, Math.min(Number(params['timeout'] ?? 0), 50), response)
  }
  const { revision, messages, replyKeyboard, contactLabels, toasts, blocked, chat } = conversation
  return { revision, messages, replyKeyboard, contactLabels, toasts, blocked, chat }
}

function changeOf(conversation: Conversation, seconds: number, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer)
      conversation.waiters.delete(finish)
      resolve()
    }
    const timer = setTimeout(finish, seconds * 1000)
    conversation.waiters.add(finish)
    response.on('close', finish)
  })
}

function describeBot(bot: BotState): unknown {
  return {
    user: bot.user,
    pending: bot.queue.length,
    commands: Object.fromEntries(bot.commands),
    texts: Object.fromEntries(bot.texts),
  }
}

function sendFile(bot: BotState, id: string, response: ServerResponse): undefined {
  const file = bot.files.get(id)
  if (!file) throw new ApiError(404, 'no such file')
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  })
  response.end(file.content)
  return undefined
}

function botById(state: SandboxState, id: string | undefined): BotState {
  const bot = state.bots.get(Number(id))
  if (!bot) throw new ApiError(404, `no bot with id ${id}`)
  return bot
}

function userById(state: SandboxState, id: string | undefined): User {
  const user = state.users.get(Number(id))
  if (!user) throw new ApiError(404, `no user with id ${id}`)
  return user
}
