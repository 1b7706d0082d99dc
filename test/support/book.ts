import { lastBotMessage, type Person } from '../../sandbox/client.ts'
import type { InlineButton, Message } from '../../sandbox/types.ts'

function labels(message: Message | undefined): string[] {
  const markup = message?.reply_markup
  const rows: InlineButton[][] = markup && 'inline_keyboard' in markup ? markup.inline_keyboard : []
  return rows.flat().map((button) => button.text)
}

const CONFIRM = '✅ Записаться'

/**
 * Books the first free time of the first service, as a customer does it, from /start to the confirmation; who has not
 * yet given name and phone gives both.
 */
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
  const next = await labelLike(/^✅ /u, 'the summary, or the question for consent')
  if (next !== CONFIRM) await introduce(person, next)
  await person.tap(await labelLike(new RegExp(`^${CONFIRM}$`), 'the summary'))
  await person.waitFor((view) => /Вы записаны/.test(lastBotMessage(view)?.text ?? ''), 'the confirmation')
  return time
}

/** Agrees, takes the name that Telegram shows, and shares the number. */
async function introduce(person: Person, agree: string): Promise<void> {
  await person.tap(agree)
  const name = person.user.first_name
  await person.waitFor((view) => labels(lastBotMessage(view)).includes(name), 'the question for the name')
  await person.tap(name)
  await person.waitFor((view) => view.contactLabels.length > 0, 'the question for the phone')
  await person.contact(`7900${String(person.user.id).slice(-7).padStart(7, '0')}`)
  await person.waitFor((view) => view.contactLabels.length === 0, 'the menu again')
}
