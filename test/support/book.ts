import { lastBotMessage, type Person } from '../../sandbox/client.ts'
import type { InlineButton, Message } from '../../sandbox/types.ts'

function labels(message: Message | undefined): string[] {
  const markup = message?.reply_markup
  const rows: InlineButton[][] = markup && 'inline_keyboard' in markup ? markup.inline_keyboard : []
  return rows.flat().map((button) => button.text)
}

/** Books the first free time of the first service, as a customer does it, from /start to the confirmation. */
export async function bookFirstTime(person: Person): Promise<string> {
  const labelLike = async (form: RegExp, what: string) => {
    const view = await person.waitFor(
      (now) => labels(lastBotMessage(now)).some((label) => form.test(label)),
      what,
    )
    return labels(lastBotMessage(view)).find((label) => form.test(label)) ?? ''
  }
  await person.write('/start')
  await person.waitFor((view) => view.replyKeyboard.flat().includes('📅 Записаться'), 'the menu')
  await person.write('📅 Записаться')
  await person.tap(await labelLike(/мин|ч/u, 'the services'))
  const time = await labelLike(/\d{1,2}:\d{2}/, 'free times')
  await person.tap(time)
  await person.tap(await labelLike(/^✅ Записаться$/, 'the summary'))
  await person.waitFor((view) => /Вы записаны/.test(lastBotMessage(view)?.text ?? ''), 'the confirmation')
  return time
}
