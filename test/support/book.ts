import { type ChatView, lastBotMessage, type Person } from '../../sandbox/client.ts'
import type { InlineButton, Message } from '../../sandbox/types.ts'

function labels(message: Message | undefined): string[] {
  const markup = message?.reply_markup
  const rows: InlineButton[][] = markup && 'inline_keyboard' in markup ? markup.inline_keyboard : []
  return rows.flat().map((button) => button.text)
}

const CONFIRM = '✅ Записаться'

/**
 * Books the first free time of the first service, as a customer does it, from /start to the confirmation; who has not
 * yet given name and phone gives both. Where the bot lost the dialogue (Redis has stalled: that is all it may cost), the
 * customer begins again, once.
 */
export async function bookFirstTime(person: Person, tries = 2): Promise<string> {
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
  if (next !== CONFIRM && !(await introduce(person, next))) {
    if (tries === 1) throw new Error(`the dialogue is lost:\n${await person.transcript()}`)
    return bookFirstTime(person, tries - 1)
  }
  await person.tap(await labelLike(new RegExp(`^${CONFIRM}$`), 'the summary'))
  await person.waitFor((view) => /Вы записаны/.test(lastBotMessage(view)?.text ?? ''), 'the confirmation')
  return time
}

/** Agrees, takes the name that Telegram shows, and shares the number; false where the bot has lost the dialogue. */
async function introduce(person: Person, agree: string): Promise<boolean> {
  const name = person.user.first_name
  const isLost = (view: ChatView) => /потерялось/.test(lastBotMessage(view)?.text ?? '')
  const answered = async (ready: (view: ChatView) => boolean, what: string) =>
    !isLost(await person.waitFor((view) => ready(view) || isLost(view), what))
  await person.tap(agree)
  if (!(await answered((view) => labels(lastBotMessage(view)).includes(name), 'the question for the name')))
    return false
  await person.tap(name)
  if (!(await answered((view) => view.contactLabels.length > 0, 'the question for the phone'))) return false
  await person.contact(`7900${String(person.user.id).slice(-7).padStart(7, '0')}`)
  return answered((view) => view.contactLabels.length === 0, 'the menu again')
}
