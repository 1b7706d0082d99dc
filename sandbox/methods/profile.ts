import { isRecord } from '../markup.ts'
import type { BotCommand } from '../state.ts'
import { badRequest } from '../types.ts'
import { list, type Method, type MethodCall, parseJson, text } from './params.ts'

const COMMANDS_MAX = 100

function commandsKey({ params }: MethodCall): string {
  const raw = params['scope']
  const scope: unknown = typeof raw === 'string' && raw !== '' ? parseJson(raw) : (raw ?? { type: 'default' })
  if (!isRecord(scope) || typeof scope['type'] !== 'string')
    throw badRequest("can't parse BotCommandScope: object expected")
  const language = text(params, 'language_code') ?? ''
  checkLanguage(language)
  return `${JSON.stringify(scope)}|${language}`
}

function checkLanguage(code: string): void {
  if (code !== '' && !/^[a-z]{2}$/.test(code)) throw badRequest('invalid language code specified')
}

export const setMyCommands: Method = (call) => {
  const commands = (list(call.params, 'commands') ?? []).map((raw): BotCommand => {
    if (!isRecord(raw)) throw badRequest('expected an Array of BotCommand')
    const command = (text(raw, 'command') ?? '').replace(/^\//, '')
    const description = (text(raw, 'description') ?? '').trim()
    if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID')
    if (description.length < 1 || description.length > 256)
      throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
    return { command, description }
  })
  if (commands.length > COMMANDS_MAX) throw badRequest('BOT_COMMANDS_TOO_MUCH')
  call.bot.commands.set(commandsKey(call), commands)
  return true
}

export const getMyCommands: Method = (call) => call.bot.commands.get(commandsKey(call)) ?? []

export const deleteMyCommands: Method = (call) => {
  call.bot.commands.delete(commandsKey(call))
  return true
}

/** setMyName, setMyDescription, setMyShortDescription and their readers: one text for each language. */
function profileText(kind: string, field: string, max: number): { set: Method; get: Method } {
  const key = (call: MethodCall) => `${kind}|${text(call.params, 'language_code') ?? ''}`
  return {
    set: (call) => {
      const value = text(call.params, field) ?? ''
      checkLanguage(text(call.params, 'language_code') ?? '')
      if (value.length > max) throw badRequest(`${kind} is too long`)
      call.bot.texts.set(key(call), value)
      if (kind === 'name' && value !== '' && key(call) === 'name|') call.bot.user.first_name = value
      return true
    },
    get: (call) => ({ [field]: call.bot.texts.get(key(call)) ?? call.bot.texts.get(`${kind}|`) ?? '' }),
  }
}

export const myName = profileText('name', 'name', 64)
export const myDescription = profileText('description', 'description', 512)
export const myShortDescription = profileText('short description', 'short_description', 120)
