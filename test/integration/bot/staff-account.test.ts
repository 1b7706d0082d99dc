import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { acceptStaffInvite } from '../../../bot/admin/staff/accept.ts'
import { bookTime } from '../../../bot/booking/claim.ts'
import { tellStaff } from '../../../bot/booking/notices.ts'
import { clientSettingsSchema, DEFAULT_WORK_HOURS } from '../../../bot/contract/settings.ts'
import { textsFor } from '../../../bot/i18n/texts.ts'
import type { BotContext, OutMessage } from '../../../bot/runtime/turn.ts'
import type { Tx } from '../../../bot/storage/database.ts'
import { useInvite } from '../../../bot/storage/invites.ts'
import { linkMember, lockRoster, setMemberActive } from '../../../bot/storage/staff.ts'
import { eventually } from '../../support/throwaway-servers.ts'
import { openSalon, type PretendPerson, type Salon, START } from './pretend.ts'

const HOUR = 3_600_000

let salon: Salon
let admin: PretendPerson
let vera: PretendPerson
let veraId: number
beforeEach(async () => {
  salon = await openSalon(6)
  await salon.sql(`update staff set name = 'Анна'`)
  const [row] = await salon.sql<{ id: string }>(`insert into staff (name) values ('Вера') returning id`)
  veraId = Number(row?.id)
  admin = salon.person({ first_name: 'Хозяйка' })
  salon.admins.push(admin.user.id)
  vera = salon.person({ first_name: 'Вера' })
  await vera.write('/start')
})
afterEach(() => salon.close())

/** Taps the way to the member's link and reads its code. */
async function newLink(): Promise<string> {
  await admin.write('/admin')
  await admin.tap('👥 Сотрудники')
  await admin.tap('Вера')
  await admin.tap('🔗 Привязать Telegram')
  const code = /https:\/\/t\.me\/salon_bot\?start=i_([\w-]+)/.exec(admin.screen().text)?.[1]
  if (code === undefined) throw new Error(admin.screen().text)
  return code
}

function open(person: PretendPerson, code: string) {
  return salon.database.transaction((tx) =>
    useInvite(tx, { clientId: salon.clientId, code, telegramId: person.user.id }, salon.clock.now),
  )
}

function turnFor(person: PretendPerson, tx: Tx, sent: (OutMessage & { chatId: number })[]): BotContext {
  const turn = {
    client: { clientId: salon.clientId, staticAdminIds: salon.admins },
    tx,
    now: salon.clock.now,
    settings: clientSettingsSchema.parse({}),
    customer: { telegramId: person.user.id },
    texts: textsFor('ru'),
    effects: {
      send: (chatId: number, message: OutMessage) => sent.push({ chatId, ...message }),
      dialogue: () => undefined,
    },
  }
  return { chat: { id: person.user.id }, turn } as unknown as BotContext
}

/** What somebody reads who has opened a link that is still good. */
async function accept(person: PretendPerson, staffId = veraId): Promise<string> {
  const sent: (OutMessage & { chatId: number })[] = []
  await salon.database.transaction((tx) =>
    acceptStaffInvite(turnFor(person, tx, sent), staffId, async () => undefined),
  )
  return sent.map(({ html }) => html).join('\n')
}

test('a member of staff opens the link of an admin, sees the own schedule from then on, and nobody else can use it', async () => {
  const code = await newLink()
  await vera.write(`/start i_${code}`)
  expect(vera.screen().text).toContain('✅ Готово: вы видите расписание сотрудника «Вера».')
  expect(vera.screen().keyboard).toContain('🗒 Моё расписание')
  await vera.write('🗒 Моё расписание')
  expect(vera.screen().text).toContain('Вера, сегодня')
  const eve = salon.person()
  await eve.write(`/start i_${code}`)
  expect(eve.screen().text).toBe(
    'Эта ссылка уже использована. Если её открывали вы, всё в порядке; если нет, попросите новую.',
  )
  expect(eve.screen().keyboard).not.toContain('🗒 Моё расписание')
})

describe('a member’s account', () => {
  test('is linked by a one-time link, sees own bookings alone, hears of each change once, and is unlinked', async () => {
    const code = await newLink()
    expect(await open(vera, code)).toEqual({ kind: 'staff', staffId: veraId, createdBy: admin.user.id })
    expect(await accept(vera)).toContain('вы видите расписание сотрудника «Вера»')
    await vera.write('/schedule')
    expect(vera.screen().text).toBe('Вера, сегодня\nЗаписей: 0')

    const boris = salon.person({ first_name: 'Борис', username: 'boris' })
    const book = async (name: string) => {
      await boris.write('/book')
      await boris.tap(/Консультация/)
      await boris.tap(name)
      await boris.tap('чт, 26 нояб., 09:00')
      await boris.tap('✅ Записаться')
    }
    await book('Вера')
    await book('Анна')
    expect(salon.messagesOf(vera.user.id).filter(({ kind }) => kind === 'staff-notice')).toHaveLength(1)
    expect(vera.screen().text).toBe(
      '🆕 Новая запись\nКонсультация\nчт, 26 ноября, 09:00–10:00\nБорис (@boris)',
    )
    await vera.write('🗒 Моё расписание')
    await salon.sql(`update bookings set status = 'came' where staff_id = $1`, [veraId])
    await vera.tap('Завтра')
    expect(vera.screen().text).toBe(
      'Вера, завтра\nЗаписей: 1\n\nчт, 26 ноября, 09:00–10:00\nКонсультация\nБорис (@boris)',
    )
    expect(vera.screen().buttons.map(({ label }) => label)).toEqual(['Сегодня', '• Завтра', 'Неделя'])

    await salon.sql(`update bookings set status = 'booked'`)
    await boris.write('/my')
    await boris.tap(/09:00/)
    await boris.tap('🔁 Перенести')
    await boris.tap(/27 нояб\./)
    await boris.tap('✅ Перенести')
    expect(vera.screen().text).toContain('🔁 Запись перенесена\nКонсультация\nБыло: чт, 26 ноября, 09:00')
    await boris.write('/my')
    await boris.tap(/27 нояб\./)
    await boris.tap('❌ Отменить')
    await boris.tap('Да, отменить')
    expect(vera.screen().text).toContain('❌ Запись отменена')

    await admin.write('/admin')
    await admin.tap('👥 Сотрудники')
    await admin.tap('Вера')
    await admin.tap('🔗 Отвязать Telegram')
    expect(admin.screen().text).toContain('Отвязать Telegram сотрудника «Вера»?')
    await admin.tap('Да, отвязать')
    expect(vera.screen().text).toContain('Ваш Telegram отвязали от расписания.')
    await vera.write('/schedule')
    expect(vera.screen().text).toContain('Не понял сообщение')
  })

  test('of an admin opens the schedule out of a question of the panel, which takes no answer of it', async () => {
    await salon.sql('update staff set telegram_id = $1 where id = $2', [admin.user.id, veraId])
    await admin.write('/admin')
    await admin.tap('👥 Сотрудники')
    await admin.tap('Вера')
    await admin.tap('✏️ Имя')
    await admin.write('🗒 Моё расписание')
    expect(admin.screen().text).toBe('Вера, сегодня\nЗаписей: 0')
    expect(await salon.sql('select name from staff where id = $1', [veraId])).toEqual([{ name: 'Вера' }])
  })

  test('of an admin hears of a booking once, as an admin', async () => {
    await salon.sql('update staff set telegram_id = $1 where id = $2', [admin.user.id, veraId])
    const boris = salon.person()
    await boris.write('/book')
    await boris.tap(/Консультация/)
    await boris.tap('Вера')
    await boris.tap('чт, 26 нояб., 09:00')
    await boris.tap('✅ Записаться')
    expect(salon.messagesOf(admin.user.id).map(({ kind }) => kind)).toEqual(['admin-notice'])
  })

  test('after a move between members both hear, and who lost it reads nothing of the customer', async () => {
    const anna = salon.person({ language_code: 'en' })
    await anna.write('/start')
    await salon.sql('update staff set telegram_id = $1 where id = $2', [vera.user.id, veraId])
    await salon.sql(`update staff set telegram_id = $1 where name = 'Анна'`, [anna.user.id])
    const [{ id: annaId } = { id: 0 }] = await salon.sql<{ id: string }>(
      `select id from staff where name = 'Анна'`,
    )
    const sent: (OutMessage & { chatId: number })[] = []
    await salon.database.transaction((tx) =>
      tellStaff(
        turnFor(admin, tx, sent),
        {
          notice: 'admin-moved',
          booking: {
            staffId: veraId,
            startsAt: START + 27 * HOUR,
            endsAt: START + 28 * HOUR,
            lines: [{ serviceId: 1, name: 'Стрижка', minutes: 60, priceMinor: null, currency: 'RUB' }],
          },
          customer: { telegramId: null, firstName: 'Борис', lastName: null, username: null },
          old: { startsAt: START + 25 * HOUR, staffId: Number(annaId) },
        },
        [],
      ),
    )
    expect(sent.map(({ chatId, html }) => ({ chatId, html }))).toEqual([
      {
        chatId: vera.user.id,
        html: '🔁 <b>Запись перенесена</b>\nСтрижка\nБыло: чт, 26 ноября, 10:00\nСтало: чт, 26 ноября, 12:00–13:00\nБорис',
      },
      {
        chatId: anna.user.id,
        html: '↪️ <b>Another member of staff has this booking now</b>\nСтрижка\nIt was yours: Thu 26 November, 10:00',
      },
    ])
  })

  test('a new link makes the old one void, and a deleted member’s link opens nothing', async () => {
    const old = await newLink()
    const code = await newLink()
    expect(await open(vera, old)).toEqual({ kind: 'refused', reason: 'unknown' })
    await admin.tap('‹ Назад')
    await admin.tap('🗑 Удалить')
    await admin.tap('🗑 Да, удалить')
    expect(await open(vera, code)).toEqual({ kind: 'refused', reason: 'unknown' })
    expect(await accept(vera)).toContain('Этого сотрудника больше нет.')
  })

  test('a link is not used up by somebody who is another member already', async () => {
    const code = await newLink()
    await salon.sql(`update staff set telegram_id = $1 where name = 'Анна'`, [admin.user.id])
    await admin.write(`/start i_${code}`)
    expect(admin.screen().text).toContain('уже привязан к другому сотруднику')
    await vera.write(`/start i_${code}`)
    expect(vera.screen().text).toContain('вы видите расписание сотрудника «Вера»')
    const eve = salon.person()
    await eve.write(`/start i_${code}`)
    expect(eve.screen().text).toContain('Эта ссылка уже использована.')
  })

  test('of two who come at once one is linked; an account belongs to one member; twice is once', async () => {
    const eve = salon.person()
    await eve.write('/start')
    const outcomes = await Promise.all(
      [vera, eve].map(({ user }) => salon.database.transaction((tx) => linkMember(tx, veraId, user.id))),
    )
    expect(outcomes.toSorted()).toEqual(['linked', 'taken'])
    const winner = outcomes[0] === 'linked' ? vera : eve
    const loser = winner === vera ? eve : vera
    expect(await accept(winner)).toContain('✅ Готово')
    expect(await accept(loser)).toContain('уже привязан другой Telegram')
    const [{ id } = { id: 0 }] = await salon.sql<{ id: string }>(`select id from staff where name = 'Анна'`)
    expect(await accept(winner, Number(id))).toContain('уже привязан к другому сотруднику')
  })

  test('nobody else has a schedule: neither its command, nor its word, nor its button', async () => {
    const shown = await vera.tapData('1:TY:today:0')
    expect(shown.map(({ kind }) => kind)).toEqual(['outdated'])
    await vera.write('🗒 Моё расписание')
    expect(vera.screen().text).toContain('Не понял сообщение')
  })
})

test('who is switched off while a customer confirms gets no booking', async () => {
  const [{ id: serviceId } = { id: 0 }] = await salon.sql<{ id: string }>('select id from services')
  const [{ id: customerId } = { id: 0 }] = await salon.sql<{ id: string }>('select id from users limit 1')
  let confirmed: Promise<unknown> = Promise.resolve()
  await salon.database.transaction(async (tx) => {
    await lockRoster(tx, salon.clientId)
    await setMemberActive(tx, veraId, false)
    confirmed = salon.database.transaction((rival) =>
      bookTime(
        rival,
        {
          clientId: salon.clientId,
          settings: clientSettingsSchema.parse({}),
          workHours: DEFAULT_WORK_HOURS,
          now: START,
        },
        {
          customerId: Number(customerId),
          serviceIds: [Number(serviceId)],
          staffId: veraId,
          startsAt: START + 25 * HOUR,
          intent: 'one',
          author: { actor: 'customer' },
        },
      ),
    )
    // The customer's transaction has seen the member as active, and waits for the lock.
    await eventually(async () => {
      const waiting = await salon.sql(
        `select 1 from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`,
      )
      expect(waiting).toHaveLength(1)
    })
  })
  expect(await confirmed).toEqual({ ok: false, reason: 'taken' })
  expect(await salon.sql('select 1 from bookings')).toEqual([])
})
