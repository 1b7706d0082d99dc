import { expect, test } from 'vitest'
import { BUSINESS_SETTINGS, clientSettingsSchema } from '../../../bot/contract/settings.ts'
import { parse } from '../../../src/env/dotenv.ts'
import type { BookctlError } from '../../../src/errors.ts'
import { clientDeclarationSchema, initialValuesSchema } from '../../../src/fleet/schema.ts'
import { settingDefaults } from '../../../src/operations/setting-defaults.ts'
import { settingAllows, settingText, typedValue } from '../../../src/operations/setting-form.ts'
import { parseSettings, refuseToClose, type SettingFlags } from '../../../src/operations/typed-settings.ts'

const usual = clientSettingsSchema.parse({})

function mistakesOf(typed: SettingFlags, flagged = {}): unknown {
  try {
    return parseSettings(typed, flagged)
  } catch (error) {
    const { details, exitCode } = error as BookctlError
    expect(exitCode).toBe(2)
    return details?.['mistakes']
  }
}

test.each(BUSINESS_SETTINGS)('%s is typed as it is shown, and says what it allows', (key) => {
  const shown = settingText(usual[key])
  expect(typedValue(key, shown)).toEqual(usual[key])
  expect(parseSettings({ setting: [`${key}=${shown}`] }).set).toEqual({ [key]: usual[key] })
  expect(initialValuesSchema.parse({ [key]: usual[key] })).toEqual({ [key]: usual[key] })
  expect(settingAllows(key)).not.toMatch(/undefined|^$/)
})

test.each([
  ['holdMinutes=5', { holdMinutes: 5 }],
  [' holdMinutes = 5 ', { holdMinutes: 5 }],
  ['waitlist=false', { waitlist: false }],
  ['contactDetails=off', { contactDetails: 'off' }],
  ['reminderHours=24, 2', { reminderHours: [24, 2] }],
  ['reminderHours=', { reminderHours: [] }],
  ['rescheduleHours=', { rescheduleHours: null }],
  ['rescheduleHours=0', { rescheduleHours: 0 }],
  ['morningListTime=', { morningListTime: '' }],
  ['mapUrl=https://maps.example/?a=b', { mapUrl: 'https://maps.example/?a=b' }],
  ['about=24', { about: '24' }],
])('--setting "%s" is understood', (typed, set) => {
  expect(parseSettings({ setting: [typed] })).toEqual({ set, unset: [] })
})

test.each([
  ['holdMinutes=61', '--setting holdMinutes=61: expected a whole number 0–60'],
  ['holdMinutes=', '--setting holdMinutes=: expected a whole number 0–60'],
  ['holdMinutes=1.5', '--setting holdMinutes=1.5: expected a whole number 0–60'],
  ['holdMinutes', '--setting holdMinutes: expected holdMinutes=VALUE, a whole number 0–60'],
  ['address', '--setting address: expected address=VALUE, up to 200 characters'],
  ['waitlist=yes', '--setting waitlist=yes: expected true or false'],
  ['contactDetails=no', '--setting contactDetails=no: expected off, asked or required'],
  ['quietFrom=9', '--setting quietFrom=9: expected a time as 22:00'],
  ['morningListTime=9', '--setting morningListTime=9: expected a time as 22:00, or nothing'],
  ['privacyUrl=http://a.example', '--setting privacyUrl=http://a.example: expected https://…, or nothing'],
  [
    'reminderHours=24,x',
    '--setting reminderHours=24,x: expected a whole number 1–336, up to 5 of them by commas, or nothing',
  ],
  ['rescheduleHours=999', '--setting rescheduleHours=999: expected a whole number 0–720, or nothing'],
  ['holdMinuts=5', '--setting holdMinuts: there is no such setting; did you mean holdMinutes?'],
  ['xyz=5', '--setting xyz: there is no such setting'],
  ['title=Anna', "--setting title: it stands in the client's file; set it with --title"],
  ['toString=1', '--setting toString: there is no such setting'],
])('--setting "%s" is refused with what is possible', (typed, mistake) => {
  expect(mistakesOf({ setting: [typed] })).toEqual([mistake])
})

test('all mistakes are told at once, and what is given twice is one of them', () => {
  expect(
    mistakesOf(
      { setting: ['waitlist=1', 'phone=2', 'about=a'], unset: ['about', 'horizonDay'] },
      { phone: '1' },
    ),
  ).toEqual([
    '--setting waitlist=1: expected true or false',
    '--setting phone: it is given twice',
    '--unset about: it is given twice',
    '--unset horizonDay: there is no such setting; did you mean horizonDays?',
  ])
})

test('lead time and horizon that would close the business are refused, whichever of them is set', () => {
  expect(() => refuseToClose('client_anna', { leadMinutes: 1440 }, { horizonDays: 1 })).toThrow('client_anna')
  expect(() => refuseToClose('client_anna', { horizonDays: 1 }, { leadMinutes: 1440 })).toThrow('nobody')
  expect(() => refuseToClose('client_anna', { leadMinutes: 1440 })).not.toThrow()
  // One that is closed already can still change its phone.
  expect(() =>
    refuseToClose('client_anna', { phone: '1' }, { leadMinutes: 9999, horizonDays: 1 }),
  ).not.toThrow()
})

test('a default is what the bot is given by its environment, else the product’s', () => {
  const envOf = (text: string) => {
    const values = parse(text)
    return { get: (name: string) => values.get(name), names: () => [...values.keys()] }
  }
  const declared = (initial: object) =>
    clientDeclarationSchema.parse({
      id: 'client_anna',
      uuid: '3f0f2c2e-9f3f-4f43-9c0e-0c8a3d0a7a11',
      title: 'Anna',
      timeZone: 'Europe/Moscow',
      initial,
    })
  const env = envOf('RATE_LIMIT_MESSAGE=2\nRATE_LIMIT_CALLBACK=never\n')
  expect(settingDefaults(declared({ maxBookingsPerUser: 7, holdMinutes: 3 }), env)).toEqual({
    maxBookingsPerUser: 7,
    rateMessagesPerMinute: 30,
  })
  expect(settingDefaults(declared({}), envOf(''))).toEqual({})
})
