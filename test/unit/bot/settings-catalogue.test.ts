import { describe, expect, test } from 'vitest'
import type { SettingValue } from '../../../bot/admin/settings/catalogue.ts'
import {
  boundsOf,
  CATALOGUE,
  choicesOf,
  SETTING_KEYS,
  valueOfChoice,
} from '../../../bot/admin/settings/catalogue.ts'
import { valueWords } from '../../../bot/admin/settings/words.ts'
import {
  type BusinessSetting,
  clientSettingsSchema,
  OPERATOR_SETTINGS,
} from '../../../bot/contract/settings.ts'
import { textsFor } from '../../../bot/i18n/texts.ts'

const usual = clientSettingsSchema.parse({})

describe('the catalogue of settings', () => {
  test('knows every setting that there is, or names it as the operator’s', () => {
    expect([...SETTING_KEYS, ...OPERATOR_SETTINGS].toSorted()).toEqual(
      Object.keys(clientSettingsSchema.shape).toSorted(),
    )
  })

  test.each(SETTING_KEYS)('offers only what %s allows, and can say what it is set to', (key) => {
    const entry = CATALOGUE[key]
    const { least, most } = boundsOf(key)
    if ('choices' in entry || entry.kind === 'text') expect(most).toBeGreaterThan(least)
    for (const [choice, value] of choicesOf(key)) {
      expect(valueOfChoice(key, choice)).toEqual(value)
      expect(clientSettingsSchema.shape[key].safeParse(value).success).toBe(true)
      if (typeof value === 'number') expect(value).toBeGreaterThanOrEqual(least)
    }
    for (const language of ['ru', 'en'] as const)
      expect(valueWords(textsFor(language), key, usual[key])).not.toBe('')
  })

  test.each<[BusinessSetting, SettingValue, string, string]>([
    ['cancellationHours', 24, 'за 24 часа', '24 hours before'],
    ['cancellationHours', 1, 'за 1 час', '1 hour before'],
    ['cancellationHours', 72, 'за 3 дня', '3 days before'],
    ['cancellationHours', 0, 'до самого начала', 'until the start'],
    ['rescheduleHours', null, 'как для отмены', 'as for cancelling'],
    ['leadMinutes', 60, 'за 1 час', '1 hour before'],
    ['leadMinutes', 90, 'за 90 мин', '90 min before'],
    ['leadMinutes', 2880, 'за 2 дня', '2 days before'],
    ['graceMinutes', 0, 'нет', 'none'],
    ['horizonDays', 21, 'на 21 день вперёд', '21 days ahead'],
    ['maxBookingsPerUser', 3, '3 записи', '3 bookings'],
    ['rateTapsPerMinute', 200, '200 в минуту', '200 a minute'],
    ['notifyAdmins', true, 'да', 'yes'],
    ['reminderHours', [48, 1], 'за 2 дня, 1 час', '2 days, 1 hour before'],
    ['reminderHours', [], 'нет', 'none'],
    ['morningListTime', '', 'нет', 'none'],
    ['quietFrom', '22:00', '22:00', '22:00'],
    ['contactDetails', 'asked', 'спрашивать, можно пропустить', 'ask, may be skipped'],
    ['contactDetails', 'required', 'обязательно', 'required'],
    ['contactDetails', 'off', 'не спрашивать', 'do not ask'],
    ['address', '', 'не указано', 'not given'],
    ['retentionMonths', 0, 'без срока', 'without an end'],
    ['retentionMonths', 24, '24 месяца', '24 months'],
  ])('%s = %s reads "%s"', (key, value, ru, en) => {
    expect(valueWords(textsFor('ru'), key, value)).toBe(ru)
    expect(valueWords(textsFor('en'), key, value)).toBe(en)
  })
})
