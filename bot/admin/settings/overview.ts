import { Composer } from 'grammy'
import { onButton, showEnd } from '../../dialogue/screen.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { readSettings } from '../../storage/settings.ts'
import { SETTING_GROUPS, type SettingGroup } from '../../telegram/buttons/settings.ts'
import { button, inline, inRows } from '../../telegram/keyboards.ts'
import { CATALOGUE, SETTING_KEYS } from './catalogue.ts'
import { valueWords } from './words.ts'

/** Super admins: all settings with their values, and the groups in which they are changed. */
export function settingsScreen(): Composer<BotContext> {
  const screen = new Composer<BotContext>()
  onButton(screen, 'settings', async (ctx) => {
    const { texts, settings } = ctx.turn
    const groups = SETTING_GROUPS.map((group) =>
      [
        texts.html('settings-heading', { group: texts.plain(`settings-group-${group}`) }),
        ...keysOf(group).map((key) =>
          texts.html('settings-line', {
            name: texts.plain(`settings-name-${key}`),
            value: valueWords(texts, key, settings[key]),
          }),
        ),
      ].join('\n'),
    )
    const operators = texts.html('settings-operators', { title: settings.title, zone: settings.timeZone })
    showEnd(ctx, {
      kind: 'screen',
      html: [texts.html('settings-title'), ...groups, operators].join('\n\n'),
      keyboard: inline(
        ...inRows(
          SETTING_GROUPS.map((group) =>
            button(texts.plain(`settings-group-${group}`), { to: 'settings-group', group }),
          ),
          2,
        ),
        [button(texts.plain('button-back'), { to: 'panel' })],
      ),
    })
    return undefined
  })
  onButton(screen, 'settings-group', async (ctx, { group }) => {
    await showGroup(ctx, group)
    return undefined
  })
  return screen
}

/** The settings of a group as they are now; `saved` says above them what has just been changed. */
export async function showGroup(ctx: BotContext, group: SettingGroup, saved?: string): Promise<void> {
  const { tx, texts, client } = ctx.turn
  const { settings } = await readSettings(tx, client.defaults.settings)
  const rows = keysOf(group).map((key) => {
    const name = texts.plain(`settings-name-${key}`)
    const value = valueWords(texts, key, settings[key])
    return [button(texts.plain('settings-line', { name, value }), { to: 'setting', setting: key })]
  })
  showEnd(ctx, {
    kind: 'screen',
    html: [
      ...(saved === undefined ? [] : [saved, '']),
      texts.html('settings-heading', { group: texts.plain(`settings-group-${group}`) }),
      texts.html('settings-choose'),
    ].join('\n'),
    keyboard: inline(...rows, [button(texts.plain('button-back'), { to: 'settings' })]),
  })
}

function keysOf(group: SettingGroup) {
  return SETTING_KEYS.filter((key) => CATALOGUE[key].group === group)
}
