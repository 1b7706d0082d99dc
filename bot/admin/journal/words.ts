import { isTextKey } from '../../i18n/texts.ts'
import type { Turn } from '../../runtime/turn.ts'
import type { LoggedAction } from '../../storage/audit-log.ts'
import { adminName } from '../admins/words.ts'
import { type Names, settingName } from './details.ts'

/** Who did it, without HTML. */
export function actorName(
  { texts }: Turn,
  {
    actor,
    telegramId,
    ...person
  }: Pick<LoggedAction, 'actor' | 'telegramId' | 'firstName' | 'lastName' | 'username'>,
): string {
  if (actor !== 'admin') return texts.plain(`journal-by-${actor}`)
  return telegramId === null ? texts.plain('journal-by-unknown') : adminName({ telegramId, ...person })
}

/** An action in plain words; one that has none by its name. */
export function actionName({ texts }: Turn, action: string): string {
  const key = actionKey(action)
  return isTextKey(key) ? texts.plain(key) : action
}

export function actionKey(action: string): string {
  return `journal-action-${action.replaceAll('.', '_')}`
}

export function kindName({ texts }: Turn, kind: string): string {
  const key = `journal-kind-${kind}`
  return isTextKey(key) ? texts.plain(key) : kind
}

/** What it was done to: by its name where the log has a number only. */
export function targetName(turn: Turn, target: string | null, names: Names): string {
  if (target === null) return ''
  const [, kind = '', rest = ''] = /^([a-z]+):(.*)$/.exec(target) ?? []
  switch (kind) {
    case 'service':
    case 'staff':
      return names[kind].get(Number(rest)) ?? `№ ${rest}`
    case 'setting':
      return settingName(turn, rest)
    case 'booking':
    case 'block':
    case 'broadcast':
    case 'customer':
      return `№ ${rest}`
    case 'category':
    case 'admin':
      return rest
    case 'role':
    case 'invite':
    case 'mass':
      return ''
    case 'text':
      return textName(turn, rest)
    default:
      return target
  }
}

/** `Запись сделана (ru)` of the key of a text and its language. */
function textName({ texts }: Turn, place: string): string {
  const [name = '', language = ''] = place.split(':')
  const key = `texts-name-${name}`
  return isTextKey(key) ? `${texts.plain(key)} (${language})` : place
}
