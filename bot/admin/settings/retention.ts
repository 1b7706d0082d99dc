import { show } from '../../dialogue/screen.ts'
import { keptSince } from '../../domain/retention.ts'
import type { BotContext } from '../../runtime/turn.ts'
import { countAway } from '../../storage/retention.ts'
import { button, inline } from '../../telegram/keyboards.ts'
import { valueWords } from './words.ts'

/**
 * A shorter time of keeping data erases for good, so it is asked once more, with the number of customers whom it
 * concerns now. False where nothing has to be asked: nobody's data would go the sooner.
 */
export async function askRetention(ctx: BotContext, months: number): Promise<boolean> {
  const { tx, texts, settings, client, now, effects } = ctx.turn
  const current = settings.retentionMonths
  if (months === 0 || (current !== 0 && months >= current)) return false
  const since = keptSince(months, now, settings.timeZone)
  const count = await countAway(tx, { since, staticAdminIds: client.staticAdminIds })
  show(ctx, {
    kind: 'question',
    html: texts.html('settings-retention-ask', {
      value: valueWords(texts, 'retentionMonths', months),
      count,
    }),
    keyboard: inline(
      [button(texts.plain('settings-retention-yes'), { to: 'set-retention', months })],
      [
        button(texts.plain('settings-retention-no'), {
          to: 'setting',
          setting: 'retentionMonths',
        }),
      ],
    ),
  })
  effects.dialogue(null)
  return true
}
