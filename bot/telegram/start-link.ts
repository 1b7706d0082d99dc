import { number } from './button-fields.ts'

/** What a link opens: the bot itself, a service, or what a member of staff gives. */
export type LinkTarget = { kind: 'bot' } | { kind: 'service' | 'staff'; id: number }

const LETTERS = { service: 's', staff: 'm' } as const

/** `https://t.me/salon_bot?start=s_12`; ids are written as people see them elsewhere, for the link is printed. */
export function startLink(username: string, target: LinkTarget): string {
  const start = target.kind === 'bot' ? '' : `?start=${LETTERS[target.kind]}_${target.id}`
  return `https://t.me/${username}${start}`
}

/** The target of `/start s_12`; undefined for any other word. */
export function parseStart(payload: string): Exclude<LinkTarget, { kind: 'bot' }> | undefined {
  const [, letter, digits = ''] = /^([sm])_([1-9]\d{0,14})$/.exec(payload) ?? []
  if (letter === undefined) return undefined
  return { kind: letter === 's' ? 'service' : 'staff', id: Number(digits) }
}

/** The same as a value of a button. */
export const linkTarget = {
  write: (target: LinkTarget) =>
    target.kind === 'bot' ? 'b' : `${LETTERS[target.kind]}${number.write(target.id)}`,
  read(text: string): LinkTarget | undefined {
    if (text === 'b') return { kind: 'bot' }
    const id = number.read(text.slice(1))
    if (id === undefined) return undefined
    return text.startsWith('s')
      ? { kind: 'service', id }
      : text.startsWith('m')
        ? { kind: 'staff', id }
        : undefined
  },
  example: 's1',
}
