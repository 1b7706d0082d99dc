// The main job from end to end: a fleet, a client, an appointment that nobody else can take, status, a backup and a
// restore, the removal with its archive, and the way back. Everything is real but Telegram, which the sandbox stands in for.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, styleText } from 'node:util'
import pg from 'pg'
import { parse as parseYaml } from 'yaml'
import { type ChatView, createSandboxClient, lastBotMessage, type Person } from '../sandbox/client.ts'
import { startSandbox } from '../sandbox/server.ts'
import { renderMessage } from '../sandbox/transcript.ts'
import type { InlineButton, Message } from '../sandbox/types.ts'
import { pickPort } from '../src/engines/ports.ts'

const { values: flags } = parseArgs({
  options: {
    serve: { type: 'boolean', default: false },
    port: { type: 'string', default: '0' },
    engine: { type: 'string', default: 'local' },
  },
})
if (flags.engine !== 'local' && flags.engine !== 'compose')
  throw new Error(`--engine ${flags.engine}: choose local or compose`)
const compose = flags.engine === 'compose'
const program = fileURLToPath(new URL('../bin/bookctl.js', import.meta.url))
const CONFIRM = '✅ Записаться'
const SERVICES = `- name: Стрижка
  minutes: 60
  price: 2000
  description: С мытьём головы
- name: Укладка
  minutes: 30
  price: 1200
`

function heading(text: string): void {
  console.log(`\n${styleText(['bold', 'cyan'], `── ${text}`)}`)
}

/** Shows a command as it would be typed, runs it on this terminal, and ends the demo where it fails. */
async function bookctl(...args: string[]): Promise<void> {
  console.log(styleText('green', `$ bookctl ${args.map(quoted).join(' ')}`))
  const child = spawn(process.execPath, [program, ...args], {
    cwd: fleet,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`bookctl ${args[0]} ended with exit code ${code}`)
}

function quoted(word: string): string {
  return /^[\p{L}\p{N}_./:@=-]+$/u.test(word) ? word : `'${word}'`
}

/** Says what a person does, then shows the bot's answer once it has come. */
async function act(person: Person, doing: string, action: () => Promise<unknown>): Promise<Message> {
  const before = signature(lastBotMessage(await person.view()))
  console.log(styleText('yellow', `${person.user.first_name} ▸ ${doing}`))
  await action()
  const view = await person.waitFor(
    (now) => signature(lastBotMessage(now)) !== before,
    `an answer to ${person.user.first_name}`,
  )
  const answer = lastBotMessage(view)
  if (!answer) throw new Error('the bot has not answered')
  printMessage(answer)
  return answer
}

function printMessage(message: Message): void {
  console.log(
    renderMessage(message)
      .map((line) => `    ${line}`)
      .join('\n'),
  )
}

function signature(message: Message | undefined): string {
  return message ? `${message.message_id} ${message.text} ${JSON.stringify(message.reply_markup)}` : ''
}

function buttons(message: Message | undefined): InlineButton[] {
  const markup = message?.reply_markup
  return markup && 'inline_keyboard' in markup ? markup.inline_keyboard.flat() : []
}

/** The first button whose label looks like what is wanted. */
function labelLike(message: Message, form: RegExp): string {
  const label = buttons(message).find((button) => form.test(button.text))?.text
  if (!label) throw new Error(`no button like ${form} under:\n${renderMessage(message).join('\n')}`)
  return label
}

/** From the menu to the summary of the first time on offer; answers with the label of that time. */
async function chooseFirstTime(person: Person): Promise<string> {
  const services = await act(person, '📅 Записаться', () => person.write('📅 Записаться'))
  const service = labelLike(services, /Стрижка/)
  const times = await act(person, `[${service}]`, () => person.tap(service))
  const time = labelLike(times, /\d{1,2}:\d{2}/)
  const consent = await act(person, `[${time}]`, () => person.tap(time))
  await introduce(person, labelLike(consent, /Согласен/))
  return time
}

/** What a business asks of who books for the first time: consent, name and phone. */
async function introduce(person: Person, agree: string): Promise<void> {
  const name = person.user.first_name
  await act(person, `[${agree}]`, () => person.tap(agree))
  const reason = await act(person, `[${name}]`, () => person.tap(name))
  // Why the number is wanted and the keyboard that shares it come as two messages, and so do the thanks and the summary.
  await show(person, reason, (view) => view.contactLabels.length > 0)
  const thanks = await act(person, '{📱 Отправить мой номер}', () =>
    person.contact(`7900${String(person.user.id).slice(-7)}`),
  )
  await show(person, thanks, (view) => buttons(lastBotMessage(view)).some(({ text }) => text === CONFIRM))
}

/** Shows what the bot has said last, once the chat is ready, unless it has been shown already. */
async function show(person: Person, shown: Message, ready: (view: ChatView) => boolean): Promise<void> {
  const last = lastBotMessage(await person.waitFor(ready, 'the next message'))
  if (last && signature(last) !== signature(shown)) printMessage(last)
}

/** Deletes every booking of the client, as the operator's own PostgreSQL user. */
async function loseBookings(): Promise<void> {
  const settings = parseYaml(readFileSync(join(fleet, 'fleet.yml'), 'utf8')) as { postgres: { port: number } }
  const password = /^POSTGRES_PASSWORD=(.*)$/m.exec(readFileSync(join(fleet, '.env'), 'utf8'))?.[1] ?? ''
  const session = new pg.Client({
    host: '127.0.0.1',
    port: settings.postgres.port,
    user: 'booking_user',
    password,
    database: 'booking_saas',
  })
  await session.connect()
  try {
    await session.query('truncate client_anna.bookings cascade')
  } finally {
    await session.end()
  }
}

async function untilInterrupted(): Promise<void> {
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
}

const folder = mkdtempSync(join(tmpdir(), 'bookctl-demo-'))
const fleet = folder
// On this host the sandbox is part of this program; for containers it is one of them, on their network.
const server = compose ? undefined : await startSandbox({ port: Number(flags.port) })
const url = server?.url ?? `http://127.0.0.1:${Number(flags.port) || (await pickPort())}`
const telegram = createSandboxClient(url)
let finished = false
try {
  heading('Telegram is stood in for by the sandbox; everything else is real')
  console.log(`Bot API and web chat: ${url}`)

  heading('A fleet: one folder, generated passwords')
  const at = compose
    ? ['--telegram-api-root', 'http://sandbox:8081', '--telegram-host-api-root', url]
    : ['--telegram-api-root', url]
  await bookctl(
    'init',
    '--yes',
    '--name',
    'demo',
    '--engine',
    flags.engine,
    '--timezone',
    'Europe/Moscow',
    ...at,
  )
  await bookctl('up')
  if (compose) await bookctl('sandbox', '--container', '--port', new URL(url).port)

  const bot = await telegram.createBot({ name: 'Салон Анны', username: 'anna_salon_bot' })
  const owner = await telegram.createUser({ first_name: 'Анна', language_code: 'ru' })
  // Telegram lets a bot write only to people who have written to it first.
  await telegram.person(bot.user.id, owner).write('/start')
  const token = join(folder, 'token.txt')
  writeFileSync(token, `${bot.token}\n`, { mode: 0o600 })
  writeFileSync(join(folder, 'services.yml'), SERVICES)

  heading('A client, with one command')
  await bookctl(
    'client',
    'add',
    'anna',
    '--title',
    'Салон Анны',
    '--token-file',
    token,
    '--admin',
    String(owner.id),
    '--services',
    join(folder, 'services.yml'),
    '--address',
    'Москва, Тверская, 1',
    '--phone',
    '+7 495 000-00-00',
  )

  heading('Two customers want the same hour')
  const masha = telegram.person(
    bot.user.id,
    await telegram.createUser({ first_name: 'Маша', language_code: 'ru' }),
  )
  const olga = telegram.person(
    bot.user.id,
    await telegram.createUser({ first_name: 'Ольга', language_code: 'ru' }),
  )
  await act(masha, '/start', () => masha.write('/start'))
  const wanted = await chooseFirstTime(masha)
  await act(olga, '/start', () => olga.write('/start'))
  await chooseFirstTime(olga)
  console.log(`\nBoth look at ${wanted}. Маша is a moment faster.\n`)
  await act(masha, `[${CONFIRM}]`, () => masha.tap(CONFIRM))
  await act(olga, `[${CONFIRM}]`, () => olga.tap(CONFIRM))

  heading('What the operator sees')
  await bookctl('status')

  if (flags.serve) {
    heading('The web chat is open')
    console.log(`Open ${url} in a browser and book. The fleet is in ${fleet}.`)
    console.log('Press Ctrl-C to go on.')
    await untilInterrupted()
  }

  heading('A backup, and a mistake that it makes good')
  await bookctl('backup', '--all')
  const before = buttons(await act(masha, '🗓 Мои записи', () => masha.write('🗓 Мои записи'))).length
  console.log('\nThe salon loses its data: here, by a hand in the wrong window.\n')
  await loseBookings()
  await bookctl('restore', 'client_anna', '--confirm', 'client_anna')
  const after = buttons(await act(masha, '🗓 Мои записи', () => masha.write('🗓 Мои записи'))).length
  if (after !== before)
    throw new Error(`Маша sees ${after} buttons instead of ${before}: her booking is not back`)

  heading('The client leaves, and comes back')
  await bookctl('client', 'remove', 'client_anna', '--confirm', 'client_anna')
  if (readFileSync(join(fleet, '.env'), 'utf8').includes('BOT_TOKEN_CLIENT_ANNA'))
    throw new Error('the removed client is still in .env')
  const archives = readdirSync(join(fleet, 'backups', 'client_anna'), { recursive: true, encoding: 'utf8' })
  console.log(`\nIn backups/client_anna: ${archives.toSorted().join(', ')}\n`)
  await bookctl('restore', 'client_anna', '--confirm', 'client_anna')
  await bookctl('status')
  finished = true
} finally {
  heading(finished ? 'Putting everything away' : 'Something went wrong; putting everything away')
  await bookctl('down', '--delete-data', '--confirm', 'demo').catch((error: unknown) => {
    console.error(String(error))
    process.exitCode = 1
  })
  await server?.close()
  if (!finished) rmSync(folder, { recursive: true, force: true })
}
heading('What next')
console.log(`The archives are in ${join(fleet, 'backups')}; the demo's folder may be deleted: rm -r ${quoted(fleet)}
Book in a browser yourself:   npm run demo -- --serve
Make a fleet of your own:     npm link && bookctl init my-fleet
Everything else:              README.md`)
