import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  BUSINESS_SETTINGS,
  type BusinessSetting,
  clientSettingsSchema,
} from '../../../bot/contract/settings.ts'
import type { ClientView } from '../../../src/operations/client-view.ts'
import { settingAllows, settingText, typedValue } from '../../../src/operations/setting-form.ts'
import { fleetWith, type TestBot, type TestFleet } from '../../support/fleet.ts'

const usual = clientSettingsSchema.parse({})

let fleet: TestFleet
let bot: TestBot
beforeAll(async () => {
  fleet = await fleetWith()
  bot = await fleet.addClient('anna', '--setting', 'holdMinutes=0', '--setting', 'reminderHours=')
})
afterAll(async () => {
  await fleet?.stop()
})

const view = async () => {
  const [one] = JSON.parse((await fleet.ok(['client', 'show', 'anna', '--json'])).stdout) as ClientView[]
  if (!one?.settings) throw new Error('no settings are shown')
  return { settings: one.settings, own: one.ownSettings }
}
const set = (...flags: string[]) => fleet.ok(['client', 'set', 'anna', ...flags])
const flags = (flag: string, values: readonly string[]) => values.flatMap((value) => [flag, value])
const line = (text: string, key: string) => text.split('\n').find((one) => one.startsWith(`  ${key} `))

/** A value that is possible and not the default, found without knowing the setting: a new one is among them by itself. */
function another(key: BusinessSetting): string {
  const words = settingAllows(key).split(/, | or /)
  const found = ['7', '06:30', 'https://example.com/', ...words].find(
    (text) =>
      text !== settingText(usual[key]) &&
      clientSettingsSchema.shape[key].safeParse(typedValue(key, text)).success,
  )
  if (found === undefined) throw new Error(`No value for ${key} was found: name one more to try`)
  return found
}

describe('the settings of a business, from the command line', () => {
  test('a new client begins with those that it was added with', async () => {
    const { settings, own } = await view()
    expect(settings).toMatchObject({ ...usual, title: 'Salon anna', holdMinutes: 0, reminderHours: [] })
    expect(own.toSorted()).toEqual(['holdMinutes', 'reminderHours', 'timeZone', 'title'])
    await set(...flags('--unset', ['holdMinutes', 'reminderHours']))
  })

  test('every setting that there is can be set, is shown as own with what it allows, and goes back to the default', async () => {
    const values = Object.fromEntries(BUSINESS_SETTINGS.map((key) => [key, another(key)]))
    const pairs = Object.entries(values).map(([key, value]) => `${key}=${value}`)
    const { stdout } = await set('--yes', ...flags('--setting', pairs))
    expect(stdout.trim().split('\n')).toHaveLength(BUSINESS_SETTINGS.length)
    const changed = await view()
    for (const key of BUSINESS_SETTINGS) expect(settingText(changed.settings[key])).toBe(values[key])
    expect(changed.own).toEqual(expect.arrayContaining(BUSINESS_SETTINGS))
    const shown = (await fleet.ok(['client', 'show', 'anna'])).stdout
    for (const key of BUSINESS_SETTINGS) {
      const cells = [values[key], 'own', settingAllows(key)]
      expect(line(shown, key)?.trim().split(/ {2,}/).slice(1)).toEqual(cells)
    }
    const again = await set('--yes', ...flags('--setting', pairs))
    expect(again.stdout).toBe('client_anna: already so\n')

    const back = await set(...flags('--unset', BUSINESS_SETTINGS))
    expect(back.stdout).toContain(`client_anna: holdMinutes: ${values['holdMinutes']} → 10 (default)\n`)
    const { settings, own } = await view()
    expect(settings).toMatchObject({ ...usual, title: 'Salon anna' })
    expect(own.toSorted()).toEqual(['timeZone', 'title'])
    expect((await set(...flags('--unset', BUSINESS_SETTINGS))).stdout).toBe('client_anna: already so\n')
  })

  test('the bot goes by a new value with the very next message, without a restart', async () => {
    const person = fleet.sandbox.person(bot.id, await fleet.sandbox.createUser({ first_name: 'Маша' }))
    const result = await set('--setting', 'about=Во дворе, синяя дверь')
    expect(result.stderr).toContain('no restart needed')
    await person.write('/about')
    await person.waitFor((chat) => JSON.stringify(chat.messages).includes('синяя дверь'), 'the new words')
  })

  test('both logs say who changed what: the fleet’s and the business’s own', async () => {
    await set('--setting', 'graceMinutes=5')
    await set('--unset', 'graceMinutes')
    const audit = await fleet.sql<{ changes: unknown }>(
      `select details -> 'changes' as changes from fleet.audit where action = 'client changed' order by id desc limit 2`,
    )
    expect(audit.map(({ changes }) => changes)).toEqual([
      [{ what: 'graceMinutes', from: '5', to: '15 (default)' }],
      [{ what: 'graceMinutes', from: '15', to: '5' }],
    ])
    const own = await fleet.sql(
      `select actor, target, details -> 'changes' as changes from client_anna.admin_actions order by id desc limit 2`,
    )
    expect(own).toEqual([
      { actor: 'operator', target: 'graceMinutes', changes: { graceMinutes: { from: 5, to: 15 } } },
      { actor: 'operator', target: 'graceMinutes', changes: { graceMinutes: { from: 15, to: 5 } } },
    ])
  })

  test('of several clients each is set, and each says what it had', async () => {
    await fleet.addClient('boris', '--max-bookings', '7')
    const both = await fleet.ok(['client', 'set', 'anna', 'boris', '--setting', 'maxBookingsPerUser=9'])
    expect(both.stdout).toBe(
      'client_anna: bookings per customer: 3 → 9\nclient_boris: bookings per customer: 7 → 9\n',
    )
    // What boris was declared with is still what its bot is given.
    const back = await fleet.ok(['client', 'set', '--all', '--unset', 'maxBookingsPerUser'])
    expect(back.stdout).toBe(
      'client_anna: bookings per customer: 9 → 3 (default)\nclient_boris: bookings per customer: 9 → 7 (default)\n',
    )
  })

  test.each([
    [['--setting', 'holdMinuts=5'], 'did you mean holdMinutes?'],
    [['--setting', 'holdMinutes=61', '--unset', 'titel'], 'expected a whole number 0–60'],
    [['--setting', 'phone=1', '--phone', '2'], 'given twice'],
    [['--setting', 'horizonDays=1', '--setting', 'leadMinutes=1440'], 'nobody could book'],
    [['--setting', 'retentionMonths=12'], '--yes'],
  ])('%s changes nothing, and says why', async (flags, told) => {
    const before = await view()
    const { exitCode, stderr } = await fleet.bookctl(['client', 'set', 'anna', ...flags])
    expect(exitCode).toBe(2)
    expect(stderr).toContain(told)
    expect(await view()).toEqual(before)
  })
})
