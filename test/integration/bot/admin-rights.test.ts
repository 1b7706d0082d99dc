import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mayDo, type Role } from '../../../bot/domain/permissions.ts'
import { BUTTON_KINDS, decodeButton, exampleOf, permissionFor } from '../../../bot/telegram/callback-data.ts'
import { openSalon, type PretendPerson, type Salon } from './pretend.ts'

const ADMIN_KINDS = BUTTON_KINDS.filter((to) => permissionFor(to) !== undefined)
/** What a tap or an answer could have changed. */
const TABLES = [
  'services',
  'staff',
  'working_hours',
  'bookings',
  'booking_history',
  'blocked_slots',
  'admins',
  'admin_actions',
  'settings',
  'text_templates',
]

let salon: Salon
let moderator: PretendPerson
let customer: PretendPerson
beforeAll(async () => {
  salon = await openSalon()
  customer = salon.person()
  moderator = salon.person()
  await salon.sql(`insert into admins (telegram_id, role) values ($1, 'moderator')`, [moderator.user.id])
})
afterAll(() => salon.close())

async function everything(): Promise<unknown> {
  const contents: unknown[] = []
  for (const table of TABLES)
    contents.push(await salon.sql(`select to_jsonb(t) as row from ${table} t order by to_jsonb(t)::text`))
  return contents
}

function refusedTo(role: Role | undefined) {
  return ADMIN_KINDS.filter((to) => !mayDo(role, permissionFor(to) ?? 'panel'))
}

describe('every button of the panel', () => {
  test('can be walked over: its example is a button', () => {
    expect(BUTTON_KINDS.map((to) => decodeButton(exampleOf(to))?.to)).toEqual(BUTTON_KINDS)
  })

  test('is dead for customers, who are told so and change nothing', async () => {
    const before = await everything()
    for (const to of refusedTo(undefined)) {
      const shown = await customer.tapData(exampleOf(to))
      expect({ to, shown, toast: customer.lastToast() }).toEqual({
        to,
        shown: [],
        toast: 'На это у вас нет прав. Их даёт главный администратор.',
      })
    }
    expect(await everything()).toEqual(before)
  })

  test('takes no typed answer from customers, even when its question is still open', async () => {
    const before = await everything()
    for (const to of refusedTo(undefined)) {
      customer.dialogue.set({ v: 1, screen: 'question', input: exampleOf(to) })
      const [answer] = await customer.write('100')
      expect({ to, text: answer?.text, dialogue: customer.dialogue.get() }).toEqual({
        to,
        text: 'Не понял сообщение. Воспользуйтесь кнопками внизу или командой /help.',
        dialogue: undefined,
      })
    }
    expect(await everything()).toEqual(before)
  })

  test('is dead for moderators where it takes a right that they lack, tapped or answered', async () => {
    const before = await everything()
    for (const to of refusedTo('moderator')) {
      expect(await moderator.tapData(exampleOf(to))).toEqual([])
      moderator.dialogue.set({ v: 1, screen: 'question', input: exampleOf(to) })
      const [answer] = await moderator.write('100')
      expect({ to, text: answer?.text }).toEqual({
        to,
        text: 'На это у вас нет прав. Их даёт главный администратор.',
      })
    }
    expect(await everything()).toEqual(before)
  })
})

test('the panel is there for admins alone', async () => {
  await moderator.write('/admin')
  expect(moderator.screen().text).toContain('Управление')
  const [answer] = await customer.write('/admin')
  expect(answer?.text).toContain('Не понял сообщение')
})
