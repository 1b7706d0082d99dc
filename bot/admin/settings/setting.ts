import { Composer } from 'grammy'
import { type BusinessSetting, clientSettingsSchema, closesBooking } from '../../contract/settings.ts'
import { ask, onAnswer } from '../../dialogue/input.ts'
import { customerOf, onButton } from '../../dialogue/screen.ts'
import { isPhone, readAmount, readClock, readHourList, readLink } from '../../domain/typed.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { writeSetting } from '../../storage/settings.ts'
import { button, type InlineButton, inRows } from '../../telegram/keyboards.ts'
import { audit } from '../audit.ts'
import { boundsOf, CATALOGUE, choicesOf, type SettingValue, valueOfChoice } from './catalogue.ts'
import { showGroup } from './overview.ts'
import { askRetention } from './retention.ts'
import { typingHint, valueWords } from './words.ts'

/** Super admins: one setting; tapped, typed, or put back to its default. It counts from the next message on. */
export function settingScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'setting', (ctx, about) => {
    const key = about.setting
    const { texts, settings } = ctx.turn
    ask(ctx, {
      about,
      html: texts.html('settings-one', {
        name: texts.plain(`settings-name-${key}`),
        about: texts.plain(`settings-about-${key}`),
        value: valueWords(texts, key, settings[key]),
        hint: typingHint(texts, key),
      }),
      back: { to: 'settings-group', group: CATALOGUE[key].group },
      choices: [...choiceRows(ctx, key), ...resetOf(ctx, key)],
    })
    return undefined
  })
  onAnswer(screen, 'setting', async (ctx, { setting }, text) => {
    const wrong = await save(ctx, setting, readTyped(setting, text))
    return wrong.ok ? undefined : wrong.html
  })
  onButton(screen, 'set-setting', async (ctx, { setting, choice }) => {
    return said(ctx, setting, await save(ctx, setting, valueOfChoice(setting, choice)))
  })
  onButton(screen, 'set-retention', async (ctx, { months }) =>
    said(ctx, 'retentionMonths', await save(ctx, 'retentionMonths', months, 'sure')),
  )
  onButton(screen, 'reset-setting', async (ctx, { setting }) => said(ctx, setting, await reset(ctx, setting)))
  return screen
}

type Saved =
  | { ok: true; changed: boolean }
  /** Asked once more instead. */
  | { ok: true; changed: undefined }
  | { ok: false; html: string; toast: string }

/** What a tap is answered with; the screen of one that is old or forged is shown afresh. */
async function said(ctx: BotContext, key: BusinessSetting, saved: Saved): Promise<string | undefined> {
  if (saved.ok && saved.changed === undefined) return undefined
  if (saved.ok) return ctx.turn.texts.plain(saved.changed ? 'settings-saved-toast' : 'settings-already-so')
  await showGroup(ctx, CATALOGUE[key].group)
  return saved.toast
}

/** What was typed, as the setting's kind reads it; undefined for what cannot be meant. */
function readTyped(key: BusinessSetting, text: string): unknown {
  const { kind } = CATALOGUE[key]
  if (kind === 'switch' || kind === 'one-of') return undefined
  if (kind === 'text') return text
  if (kind === 'phone') return isPhone(text) ? text : undefined
  if (kind === 'link') return readLink(text)
  if (kind === 'clock') return readClock(text)
  return kind === 'hour-list' ? readHourList(text) : readAmount(text, kind)
}

async function save(ctx: BotContext, key: BusinessSetting, value: unknown, sure?: 'sure'): Promise<Saved> {
  const { texts } = ctx.turn
  const parsed = clientSettingsSchema.shape[key].safeParse(value)
  // The schema has a default for a missing value; nothing that was typed or tapped means that.
  if (value === undefined || !parsed.success || isBelow(key, parsed.data))
    return {
      ok: false,
      html: texts.html('settings-wrong', { hint: typingHint(texts, key) }),
      toast: texts.plain('settings-wrong-toast'),
    }
  const after = parsed.data
  if (sure === undefined && (await mustAsk(ctx, key, after))) return { ok: true, changed: undefined }
  return wouldClose(ctx, key, after) ?? write(ctx, key, after, after)
}

async function reset(ctx: BotContext, key: BusinessSetting): Promise<Saved> {
  const after = defaultOf(ctx, key)
  if (await mustAsk(ctx, key, after)) return { ok: true, changed: undefined }
  return wouldClose(ctx, key, after) ?? write(ctx, key, after, undefined)
}

async function mustAsk(ctx: BotContext, key: BusinessSetting, after: SettingValue): Promise<boolean> {
  return key === 'retentionMonths' && typeof after === 'number' && askRetention(ctx, after)
}

function wouldClose({ turn }: BotContext, key: BusinessSetting, after: SettingValue): Saved | undefined {
  const { texts, settings } = turn
  if (key !== 'leadMinutes' && key !== 'horizonDays') return undefined
  if (!closesBooking({ ...settings, [key]: after })) return undefined
  return { ok: false, html: texts.html('settings-closes'), toast: texts.plain('settings-closes-toast') }
}

async function write(
  ctx: BotContext,
  key: BusinessSetting,
  after: SettingValue,
  row: SettingValue | undefined,
): Promise<Saved> {
  const { tx, texts, settings, now } = ctx.turn
  const before = settings[key]
  const by = `admin:${customerOf(ctx).telegramId ?? 0}`
  const written = await writeSetting(tx, key, row, by, now)
  // A row that says what the default says changes nothing that anybody would notice.
  const changed = written && !isSame(before, after)
  if (changed) await audit(ctx, 'setting.set', `setting:${key}`, { before, after })
  const line = { name: texts.plain(`settings-name-${key}`), value: valueWords(texts, key, after) }
  await showGroup(ctx, CATALOGUE[key].group, texts.html('settings-saved', line))
  return { ok: true, changed }
}

/** What counts while the business has said nothing: the operator's environment, else the product. */
function defaultOf({ turn }: BotContext, key: BusinessSetting): SettingValue {
  return clientSettingsSchema.parse(turn.client.defaults.settings)[key]
}

function isBelow(key: BusinessSetting, value: SettingValue): boolean {
  return typeof value === 'number' && value < boundsOf(key).least
}

function choiceRows({ turn: { texts, settings } }: BotContext, key: BusinessSetting): InlineButton[][] {
  return inRows(
    choicesOf(key).map(([choice, value]) => {
      const label = valueWords(texts, key, value)
      return button(isSame(value, settings[key]) ? `✓ ${label}` : label, {
        to: 'set-setting',
        setting: key,
        choice,
      })
    }),
    2,
  )
}

function isSame(one: SettingValue, other: SettingValue): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function resetOf(ctx: BotContext, key: BusinessSetting): InlineButton[][] {
  const { texts, settings } = ctx.turn
  const usual = defaultOf(ctx, key)
  if (isSame(settings[key], usual)) return []
  const label =
    usual === ''
      ? texts.plain('settings-clear')
      : texts.plain('settings-reset', { value: valueWords(texts, key, usual) })
  return [[button(label, { to: 'reset-setting', setting: key })]]
}
