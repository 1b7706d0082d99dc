import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../../../bot/config.ts'
import { lastBotMessage } from '../../../sandbox/client.ts'
import { runInProcess } from '../../support/bot.ts'
import { clientWithoutBot, type ReadyClient } from '../../support/client-without-bot.ts'
import { eventually } from '../../support/throwaway-servers.ts'

/** Wednesday 25 November 2026, 08:30 in Moscow: within the hours of the morning list. */
const MORNING = Date.UTC(2026, 10, 25, 5, 30)

let salon: ReadyClient
beforeEach(async () => {
  salon = await clientWithoutBot()
})
afterEach(() => salon.close())

test('the bot sends the list of the day by itself, once, however often it starts; and ends at once when told to', async () => {
  const owner = await salon.person({ first_name: 'Ольга' })
  const env = { ...salon.env, ADMIN_IDS: String(owner.user.id) }
  const start = () => runInProcess([readConfig(env)], () => MORNING)
  const lists = async () =>
    (await owner.view()).messages.filter(({ text }) => text === 'Сегодня, ср, 25 ноября, записей нет.').length

  // Before its admin has written to it, it has nobody to tell; a slow machine may see the next look at that.
  const first = await start()
  await owner.write('/start')
  await owner.waitFor((view) => /Здравствуйте/.test(lastBotMessage(view)?.text ?? ''), 'a greeting')
  await first.runtime.stop()

  const second = await start()
  await eventually(async () => expect(await lists()).toBe(1))
  await second.runtime.stop()

  const third = await start()
  await owner.write('/my')
  await owner.waitFor((view) => /Предстоящих записей нет/.test(lastBotMessage(view)?.text ?? ''), 'an answer')
  await third.runtime.stop()
  expect(await lists()).toBe(1)
  expect(third.log.filter((line) => line.includes('job_failed'))).toEqual([])
})
