import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { fleetWith, type TestFleet } from '../../support/fleet.ts'
import { inTerminal, type Terminal } from '../../support/terminal.ts'

const program = fileURLToPath(new URL('../../../bin/bookctl.js', import.meta.url))
const [ENTER, CTRL_C, BACKSPACE] = ['\r', '\x03', '\x7f']

let fleet: TestFleet
let terminal: Terminal | undefined

beforeAll(async () => {
  fleet = await fleetWith()
})
afterEach(async () => {
  await terminal?.close()
  terminal = undefined
})
afterAll(() => fleet.stop())

/** `bookctl …` with a person before it. */
function ask(args: readonly string[], cwd = fleet.dir): Terminal {
  terminal = inTerminal([process.execPath, program, ...args], { cwd })
  return terminal
}

test('init asks for the name and the time zone, says what is wrong with an answer, and takes Enter for the default', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'bookctl-ask-'))
  const person = ask(['init'], dir)
  await person.sees('Name of the fleet (booking)')
  person.type(`Big Salon${ENTER}`)
  await person.sees('lower-case letters, digits and hyphens')
  person.type(`${BACKSPACE.repeat(9)}salons${ENTER}`)
  await person.sees('Time zone of new clients')
  person.type(ENTER)
  await person.sees('Made the fleet salons')
  expect(await person.exited()).toBe(0)
  expect(parse(readFileSync(join(dir, 'fleet.yml'), 'utf8'))).toMatchObject({
    name: 'salons',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  })
  rmSync(dir, { recursive: true })
})

test('Ctrl-C at a question changes nothing and ends with exit code 130', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'bookctl-ask-'))
  const person = ask(['init'], dir)
  await person.sees('Name of the fleet')
  person.type(CTRL_C)
  expect(await person.exited()).toBe(130)
  await person.sees('Interrupted; nothing was changed')
  expect(readdirSync(dir)).toEqual([])
  rmSync(dir, { recursive: true })
})

test('client add asks for title, token and admins; the token is never shown, and a wrong one is refused at once', async () => {
  const bot = await fleet.newBot()
  const person = ask(['client', 'add'])
  await person.sees('What is the business called?')
  person.type(`Salon Anna${ENTER}`)
  await person.sees('Token of its bot, from @BotFather (not shown)')
  person.type(`123:short${ENTER}`)
  await person.sees('That is not a bot token')
  person.type(`${BACKSPACE.repeat(9)}${bot.token}${ENTER}`)
  await person.sees('Telegram ids of its admins')
  person.type(`100200300${ENTER}`)
  await person.sees('is ready')
  expect(await person.exited()).toBe(0)
  expect(person.screen()).not.toContain(bot.token.split(':')[1])
  const { stdout } = await fleet.ok(['client', 'show', 'client_001', '--json'])
  expect(JSON.parse(stdout)).toMatchObject([
    { id: 'client_001', title: 'Salon Anna', adminIds: ['100200300'], bot: { ready: true } },
  ])
})

test('client remove tells what will be lost and wants the id typed; another word, or Ctrl-C, removes nothing', async () => {
  await fleet.addClient('boris')
  const hesitant = ask(['client', 'remove', 'boris'])
  await hesitant.sees(/client_boris \(Salon boris\) goes, after a verified backup: .*customers/)
  await hesitant.sees('Type client_boris to confirm')
  hesitant.type(`yes${ENTER}`)
  await hesitant.sees('Type client_boris, or press Ctrl-C to keep everything')
  hesitant.type(CTRL_C)
  expect(await hesitant.exited()).toBe(130)
  await fleet.ok(['client', 'show', 'boris'])

  const decided = ask(['client', 'remove', 'boris'])
  await decided.sees('Type client_boris to confirm')
  decided.type(`client_boris${ENTER}`)
  await decided.sees('client_boris: removed')
  expect(await decided.exited()).toBe(0)
  expect(existsSync(join(fleet.dir, 'clients', 'client_boris.yml'))).toBe(false)
})

test('down --delete-data wants the name of the fleet typed; Ctrl-C leaves everything running', async () => {
  const person = ask(['down', '--delete-data'])
  await person.sees('will be deleted for good')
  await person.sees('Type test to confirm')
  person.type(`booking${ENTER}`)
  await person.sees('Type test, or press Ctrl-C to keep everything')
  person.type(CTRL_C)
  expect(await person.exited()).toBe(130)
  await fleet.sql('select 1')
})
