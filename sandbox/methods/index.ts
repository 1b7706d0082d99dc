import { badRequest } from '../types.ts'
import * as messages from './messages.ts'
import { integer, list, type Method, text } from './params.ts'
import * as profile from './profile.ts'

const getMe: Method = ({ bot }) => ({
  ...bot.user,
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
})

const getUpdates: Method = ({ bot, params, signal }) => {
  const offset = integer(params, 'offset')
  const limit = integer(params, 'limit')
  const timeout = integer(params, 'timeout')
  const allowed = list(params, 'allowed_updates')?.map(String)
  return bot.queue.poll({
    signal,
    ...(offset === undefined ? {} : { offset }),
    ...(limit === undefined ? {} : { limit }),
    ...(timeout === undefined ? {} : { timeoutSeconds: Math.min(timeout, 50) }),
    ...(allowed ? { allowed } : {}),
  })
}

const deleteWebhook: Method = ({ bot, params }) => {
  if (params['drop_pending_updates'] === true || params['drop_pending_updates'] === 'true') bot.queue.clear()
  return true
}

const getWebhookInfo: Method = ({ bot }) => ({
  url: '',
  has_custom_certificate: false,
  pending_update_count: bot.queue.length,
})

const setWebhook: Method = (call) => {
  if (text(call.params, 'url')) throw badRequest('the sandbox delivers updates by getUpdates only')
  return deleteWebhook(call)
}

/** Methods by lower-case name: Telegram does not mind their case. */
export const METHODS: ReadonlyMap<string, Method> = new Map(
  Object.entries({
    getMe,
    getUpdates,
    deleteWebhook,
    getWebhookInfo,
    setWebhook,
    sendMessage: messages.sendMessage,
    sendDocument: messages.sendDocument,
    sendPhoto: messages.sendPhoto,
    sendChatAction: messages.sendChatAction,
    editMessageText: messages.editMessageText,
    editMessageReplyMarkup: messages.editMessageReplyMarkup,
    deleteMessage: messages.deleteMessage,
    answerCallbackQuery: messages.answerCallbackQuery,
    getChat: messages.getChat,
    setMyCommands: profile.setMyCommands,
    getMyCommands: profile.getMyCommands,
    deleteMyCommands: profile.deleteMyCommands,
    setMyName: profile.myName.set,
    getMyName: profile.myName.get,
    setMyDescription: profile.myDescription.set,
    getMyDescription: profile.myDescription.get,
    setMyShortDescription: profile.myShortDescription.set,
    getMyShortDescription: profile.myShortDescription.get,
  } satisfies Record<string, Method>).map(([name, method]) => [name.toLowerCase(), method]),
)
