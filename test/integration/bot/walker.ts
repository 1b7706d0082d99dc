import { defaultBody } from '../../../bot/i18n/default-body.ts'
import { JOBS } from '../../../bot/jobs/index.ts'
import { runJob } from '../../../bot/jobs/loop.ts'
import { type Button, decodeButton } from '../../../bot/telegram/callback-data.ts'
import type { PretendPerson, Salon, Seen } from './pretend.ts'

type Kind = Button['to']

/** So many buttons that say the same, but of other rows, and so many of a kind at all. */
const ALIKE = 2
const OF_A_KIND = 6

/** Tapped when nothing else is left, the last ones last: what others stand on is gone after them. */
const LATE: readonly RegExp[] = [
  /visit-(?:move|change-sure|mark)|approve|hand-book/,
  /cancel|mass-do|withdraw|stop|refuse/,
  /leave|decline|delete|remove|unlink|drop|clear|state|active|block-do|week-set|day-set|holiday/,
  /erase/,
]

/** What a walker types when the bot asks. */
const ANSWERS: { [To in Kind]?: string | ((asked: Extract<Button, { to: To }>) => string) } = {
  'admin-typed-time': '28.11 12:00',
  'ask-admin-id': '700100200',
  'broadcast-text': 'Скидка на всё',
  'calendar-block-reason': 'Ремонт',
  'calendar-block-time': '20:00-21:00',
  'calendar-day-hours': '10:00-14:00',
  'calendar-day-note': 'Ремонт',
  'calendar-pick': '15.12',
  'calendar-weekday': '09:00-18:00',
  'cancel-why': 'Передумал',
  'category-rename': 'Волосы и брови',
  comment: 'Всё понравилось',
  'contact-consent': 'Да',
  'contact-name': 'Борис',
  'contact-phone': '+79161234567',
  'customer-notes': 'Любит чай',
  'customer-tags': 'Подруга',
  customers: 'Борис',
  'customers-found': 'Борис',
  'hand-who': 'Борис',
  'mass-from': '12:00',
  'mass-pick': '26.11',
  'mass-reason': 'Авария',
  'mass-shift': '+30',
  'member-day': '10:00-14:00',
  'member-rename': 'Анна Б.',
  'off-add': '10.12-12.12',
  'off-note': 'Отпуск',
  'rota-from': '01.12',
  'rota-hours': '10:00-20:00',
  'rota-type': '2/2',
  'service-add': 'Укладка',
  'service-add-minutes': '45',
  'service-add-price': '1500',
  'service-category': 'Волосы',
  'service-field': '45',
  'service-term': '50',
  setting: '20',
  'special-add': '15.12',
  'special-hours': '12:00-16:00',
  'staff-add': 'Галина',
  'text-edit': ({ key, language }) => defaultBody(key, language),
  'visit-cancel-ask': 'Мастер заболел',
  'visit-note': 'Аллергия',
}

export interface Walker {
  /** Writes a word, and goes on with what it shows, until there is nothing new. */
  from(word: string): Promise<void>
  /** Lets the bot do what it does of its own accord, and goes on with what that sends to this person. */
  fromJobs(): Promise<void>
  /** Taps once more what was met, one of each form. */
  again(): Promise<void>
  /** The kinds of buttons that were tapped, and of questions that were answered. */
  met: ReadonlySet<Kind>
  /** Taps that brought neither a word nor a screen, or the screen for what nobody understands. */
  dead: readonly Button[]
}

/** Somebody who taps whatever is shown, and whatever that shows in turn, and answers whatever is asked. */
export function walkerOf(salon: Salon, person: PretendPerson): Walker {
  const met = new Set<Kind>()
  const dead: Button[] = []
  const waiting: string[] = []
  const known = new Set<string>()
  const forms = new Map<string, string[]>()
  const ofKind = new Map<Kind, number>()
  let messageId = person.user.id * 1_000

  function offer(keys: Seen['buttons']): void {
    for (const { label, data } of keys) {
      const button = decodeButton(data)
      if (!button || known.has(data)) continue
      const form = `${formOf(button)} ${signOf(label)}`
      const alike = forms.get(form) ?? []
      const count = ofKind.get(button.to) ?? 0
      if (alike.length >= ALIKE || (alike.length > 0 && count >= OF_A_KIND)) continue
      known.add(data)
      forms.set(form, [...alike, data])
      ofKind.set(button.to, count + 1)
      waiting.push(data)
    }
  }

  /** On a message of its own, so that a screen is seen that says the same as the one before. */
  async function tap(data: string): Promise<Seen[]> {
    const button = decodeButton(data) as Button
    try {
      const shown = await person.tapOn(++messageId, data)
      const isAnswered = shown.length > 0 || person.lastToast() !== undefined || button.to === 'nothing'
      if (!isAnswered || shown.some(({ kind }) => kind === 'outdated')) dead.push(button)
      return shown
    } catch (error) {
      throw new Error(`a tap ended badly: ${JSON.stringify(button)}`, { cause: error })
    }
  }

  async function look(shown: readonly Seen[]): Promise<void> {
    offer(shown.flatMap(({ buttons }) => buttons))
    const asked = person.dialogue.get()?.input
    const question = asked === undefined ? undefined : decodeButton(asked)
    if (asked === undefined || !question || known.has(`answer ${asked}`)) return
    known.add(`answer ${asked}`)
    met.add(question.to)
    await look(await person.write(answerTo(question)))
  }

  async function goOn(): Promise<void> {
    for (let data = takeNext(waiting); data !== undefined; data = takeNext(waiting)) {
      met.add((decodeButton(data) as Button).to)
      await look(await tap(data))
    }
  }

  return {
    met,
    dead,
    async from(word) {
      await look(await person.write(word))
      await goOn()
    },
    async fromJobs() {
      for (const job of JOBS) await runJob(salon.context(), job)
      const rows = await salon.sql<{ keys: { text: string; callback_data?: string }[][] | null }>(
        `select payload -> 'reply_markup' -> 'inline_keyboard' as keys from fleet.outbox where chat_id = $1 order by id`,
        [person.user.id],
      )
      offer(
        rows
          .flatMap(({ keys }) => keys?.flat() ?? [])
          .map(({ text, callback_data: data = '' }) => ({ label: text, data })),
      )
      await goOn()
    },
    async again() {
      for (const [data = ''] of forms.values()) await tap(data)
    },
  }
}

/** What a button says beside the ids, times and pages in it. */
function formOf({ to, ...values }: Button): string {
  const words = Object.values(values).map((value: unknown) => {
    if (value !== null && typeof value === 'object' && 'kind' in value) return String(value.kind)
    return typeof value === 'string' && /^[a-z_-]+$/i.test(value) ? value : value === null ? '-' : ''
  })
  return [to, ...words].join(' ')
}

/** The signs before the first word of a label: a request looks other than a booking, a full day than a free one. */
function signOf(label: string): string {
  return /^[^\p{L}\p{N}]*/u.exec(label)?.[0] ?? ''
}

/** The newest of what may be tapped now, so that what was asked for is finished before something else is begun. */
function takeNext(waiting: string[]): string | undefined {
  const rankOf = (data: string) => LATE.findLastIndex((form) => form.test(decodeButton(data)?.to ?? '')) + 1
  const least = Math.min(...waiting.map(rankOf))
  const at = waiting.findLastIndex((data) => rankOf(data) === least)
  return at < 0 ? undefined : waiting.splice(at, 1)[0]
}

function answerTo(question: Button): string {
  const answer = ANSWERS[question.to] as string | ((asked: Button) => string) | undefined
  if (answer === undefined) throw new Error(`nobody knows what to answer to ${question.to}`)
  return typeof answer === 'string' ? answer : answer(question)
}
