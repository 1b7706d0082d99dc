import { whenWords } from '../../../../bot/dialogue/words.ts'
import type { Salon, Seen } from '../pretend.ts'

/** Somebody in the story: what they do, and what the bot then says to whomever, goes into the transcript. */
export interface Speaker {
  id: number
  says(text: string): Promise<void>
  /** Taps one button after the other. */
  taps(...labels: (string | RegExp)[]): Promise<void>
  sharesContact(phone: string): Promise<void>
  /** What this person sees last. */
  sees(): string
  labels(): string[]
}

/** All that is said in a salon, as a text to read. */
export interface Dialogue {
  speaker(name: string): Speaker
  /** A heading, with the hour that it is. */
  heading(text: string): void
  /** Who has got a message of this kind, and when, in the order in which they came. */
  told(kind: string): string[]
  transcript(): string
}

/** Writes down everything that is said from now on. */
export function listenTo(salon: Salon): Dialogue {
  const lines: string[] = []
  const told: { kind: string; who: string }[] = []
  const names = new Map<number, string>()
  salon.watch((seen) => {
    const name = names.get(seen.chatId) ?? String(seen.chatId)
    told.push({ kind: seen.kind, who: `${name}: ${now()}` })
    lines.push(`${name} ◂`, ...wordsOf(seen).map((line) => `    ${line}`.trimEnd()))
  })
  const now = () =>
    whenWords(salon.clock.now, undefined, { language: 'ru', timeZone: 'Europe/Moscow', now: salon.clock.now })
  const did = (name: string, what: string) => lines.push(`${name} ▸ ${what}`)
  return {
    heading: (text) => lines.push('', `── ${now()}. ${text} ──`),
    told: (kind) => told.filter((one) => one.kind === kind).map(({ who }) => who),
    transcript: () => `${lines.join('\n').trim()}\n`,
    speaker: (name) => {
      const person = salon.person({ first_name: name })
      names.set(person.user.id, name)
      const tap = async (wanted: string | RegExp) => {
        const fits = (label: string) => (typeof wanted === 'string' ? label === wanted : wanted.test(label))
        const labels = salon
          .messagesOf(person.user.id)
          .toReversed()
          .flatMap(({ buttons }) => buttons)
        did(name, `[${labels.find(({ label }) => fits(label))?.label ?? wanted}]`)
        await person.tap(wanted)
        const toast = person.lastToast()
        if (toast !== undefined) lines.push(`    (${toast})`)
      }
      return {
        id: person.user.id,
        says: async (text) => {
          did(name, text)
          await person.write(text)
        },
        taps: async (...labels) => {
          for (const label of labels) await tap(label)
        },
        sharesContact: async (phone) => {
          did(name, `{☎ ${phone}}`)
          await person.contact(phone)
        },
        sees: () => person.screen().text,
        labels: () => person.screen().buttons.map(({ label }) => label),
      }
    },
  }
}

/** A message as a reader sees it: its text, its file, its buttons; of a calendar only the days that can be tapped. */
function wordsOf({ text, file, buttons, keyboard }: Seen): string[] {
  const days = buttons.filter(({ label }) => /^[·•]?\d{1,2}·?\d*$/.test(label))
  const isCalendar = buttons.length > 30
  const shown = isCalendar ? buttons.filter((one) => one.label.length > 3 && !days.includes(one)) : buttons
  return [
    ...text.split('\n'),
    ...(file ? [`<${file.name}>`] : []),
    ...(isCalendar ? [`[${days.map(({ label }) => label).join(' ')}]`] : []),
    ...(shown.length > 0 ? [shown.map(({ label }) => `[${label}]`).join(' ')] : []),
    ...(keyboard ? [`{${keyboard.join(' | ')}}`] : []),
  ]
}
