import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openSalon, type PretendPerson, type Salon, START } from './pretend.ts'

const HOUR = 3_600_000

let salon: Salon
let owner: PretendPerson
beforeAll(async () => {
  salon = await openSalon(4)
  await salon.setting({ title: 'Анна', adminAdditionsPerHour: 20 })
})
beforeEach(async () => {
  await salon.sql('delete from admins')
  await salon.sql('delete from admin_actions')
  await salon.sql('delete from fleet.invites')
  salon.clock.now = START
  owner = await person('Ольга')
  salon.admins.splice(0, salon.admins.length, owner.user.id)
})
afterAll(() => salon.close())

async function person(first_name: string, language_code = 'ru'): Promise<PretendPerson> {
  const made = salon.person({ first_name, language_code })
  await made.write('/start')
  return made
}

async function admin(name: string, role = 'moderator', language?: string): Promise<PretendPerson> {
  const made = await person(name, language)
  await seat(made.user.id, role)
  return made
}

const seat = (id: number, role: string) =>
  salon.sql('insert into admins (telegram_id, role, added_by, added_at) values ($1, $2, $3, $4)', [
    id,
    role,
    owner.user.id,
    new Date(START - HOUR),
  ])

const labels = (one: PretendPerson) => one.screen().buttons.map(({ label }) => label)
const rows = () => salon.sql<{ telegram_id: number; role: string }>('select telegram_id, role from admins')
const actions = () => salon.sql('select action, target, details from admin_actions order by id')
const openAdmins = async (one: PretendPerson) => {
  await one.write('/admin')
  await one.tap(/Админы|Admins/)
}

/** The link that the owner sees after asking for one. */
async function invite(role = 'модератор'): Promise<string> {
  await openAdmins(owner)
  await owner.tap('➕ Добавить')
  await owner.tap(new RegExp(role))
  await owner.tap('🔗 Пригласить по ссылке')
  return /start=(i_[\w-]+)/.exec(owner.screen().text)?.[1] ?? ''
}

describe('the list of administrators', () => {
  test('says who runs the bot, who was set by the operator, and who is who', async () => {
    const boris = await admin('Борис')
    const vera = await admin('Vera', 'super_admin', 'en')
    salon.admins.push(900_900_900)
    await openAdmins(owner)
    expect(owner.screen().text).toBe(`Администраторы
👑 может всё, 🛠 ведёт записи, расписание и услуги.

Нажмите на имя, чтобы сменить роль или убрать.`)
    expect(labels(owner)).toEqual([
      '👑 Ольга · вы',
      '👑 900900900 · назначен оператором',
      '👑 Vera',
      '🛠 Борис',
      '➕ Добавить',
      '‹ Назад',
    ])
    await owner.tap('🛠 Борис')
    expect(owner.screen().text).toBe(`Борис
Роль: модератор
Telegram id: ${boris.user.id}
В команде с: ср, 25 ноября
Кто добавил: Ольга`)
    expect(labels(owner)).toEqual(['👑 Сделать главным', '🗑 Убрать из администраторов', '‹ Назад'])
    await openAdmins(vera)
    expect(vera.screen().text).toBe(`Admins
👑 may do everything, 🛠 runs bookings, schedule and services.

Press a name to change the role or to remove.`)
    await vera.tap('👑 900900900 · set by the operator')
    expect(vera.screen().text).toBe(`900900900
Role: super admin
Telegram id: 900900900
⚠️ Gets no messages from the bot: they have to write to it at least once.
Set by the operator, who alone can change the role.`)
    expect(labels(vera)).toEqual(['‹ Back'])
  })

  test('is paged, and a page that is not there shows the last', async () => {
    for (let n = 0; n < 10; n++) await seat(800_000 + n, 'moderator')
    await openAdmins(owner)
    expect(labels(owner).filter((label) => label.startsWith('🛠'))).toHaveLength(7)
    await owner.tap('›')
    expect(labels(owner).filter((label) => label.startsWith('🛠'))).toHaveLength(3)
    await owner.tapData('1:Al:zzz')
    expect(labels(owner)).toContain('🛠 800009')
  })
})

describe('adding by Telegram id', () => {
  const ask = async (role: RegExp, id: string) => {
    await openAdmins(owner)
    await owner.tap('➕ Добавить')
    await owner.tap(role)
    await owner.tap('🔢 Ввести Telegram id')
    await owner.write(id)
  }

  test('shows who it is before they are let in; everybody concerned hears of it', async () => {
    const vera = await admin('Vera', 'super_admin', 'en')
    const boris = await person('Борис')
    await ask(/модератор/, `id: ${boris.user.id}`)
    expect(owner.screen().text).toBe(
      `Добавить администратора?\n\nБорис\nTelegram id: ${boris.user.id}\nРоль: модератор`,
    )
    expect(await rows()).toHaveLength(1)
    const yes = owner.dataOf('Да, добавить')
    await owner.tapData(yes)
    expect(owner.lastToast()).toBe('Добавлено')
    expect(owner.screen().text).toContain('Борис\nРоль: модератор')
    await owner.tapData(yes)
    expect(owner.lastToast()).toBe('Уже так')
    expect(boris.screen().text).toBe(
      'Вы теперь администратор «Анна».\nРоль: модератор\nКто назначил: Ольга\n\nКнопка «⚙️ Управление» – внизу.',
    )
    expect(vera.screen().text).toBe('👥 New admin\nБорис\nRole: moderator\nAdded by: Ольга')
    await boris.write('/admin')
    expect(boris.screen().text).toContain('Управление:')
    expect(await actions()).toEqual([
      { action: 'admin.add', target: `admin:${boris.user.id}`, details: { after: { role: 'moderator' } } },
    ])
  })

  test('says that a stranger cannot be told, and sends them nothing', async () => {
    await ask(/главный/, '123456789')
    expect(owner.screen().text).toContain('Бот не может написать этому человеку')
    await owner.tap('Да, добавить')
    expect(owner.screen().text).toContain('Сообщения от бота не получает')
    expect(salon.messagesOf(123456789)).toEqual([])
    expect(await rows()).toMatchObject([{ role: 'super_admin' }])
  })

  test('asks again for what is no id, and shows the card of who is an admin already', async () => {
    await ask(/модератор/, '@boris')
    expect(owner.screen().text).toContain('По имени с @ добавить нельзя')
    await owner.write('12')
    expect(owner.screen().text).toContain('Это не похоже на Telegram id')
    await owner.write(String(owner.user.id))
    expect(owner.screen().text).toContain('Назначен оператором: роль меняет только он.')
    expect(await rows()).toEqual([])
  })

  test('ends at so many an hour, the operator’s admin included', async () => {
    await salon.setting({ adminAdditionsPerHour: 1 })
    await ask(/модератор/, '111111')
    await owner.tap('Да, добавить')
    await ask(/модератор/, '222222')
    await owner.tap('Да, добавить')
    expect(owner.screen().text).toContain('За последний час уже добавлен 1 администратор')
    const code = await invite()
    const boris = await person('Борис')
    await boris.write(`/start ${code}`)
    expect(boris.screen().text).toContain('Откройте эту ссылку ещё раз через час.')
    expect(await rows()).toHaveLength(1)
    salon.clock.now = START + HOUR
    await boris.write(`/start ${code}`)
    expect(boris.screen().text).toContain('Добро пожаловать!')
    const carla = await person('Карла')
    await ask(/модератор/, String(carla.user.id))
    await owner.tap('Да, добавить')
    expect(owner.screen().text).toContain('больше нельзя')
    await salon.setting({ adminAdditionsPerHour: 20 })
  })
})

describe('a link', () => {
  test('lets in whoever opens it first; the team hears of it, the second is told kindly', async () => {
    const code = await invite()
    expect(owner.screen().text).toBe(`Приглашение готово
Роль: модератор

https://t.me/salon_bot?start=${code}

Действует один раз, до чт, 26 ноября, 09:00. Администратором станет тот, кто откроет ссылку первым, поэтому отправьте её лично и нигде не публикуйте.`)
    expect(owner.screen().links).toEqual([
      `https://t.me/share/url?url=${encodeURIComponent(`https://t.me/salon_bot?start=${code}`)}&text=${encodeURIComponent('Приглашение в администраторы «Анна». Откройте ссылку и нажмите «Старт».')}`,
    ])
    const boris = salon.person({ first_name: 'Борис' })
    await boris.write(`/start ${code}`)
    expect(boris.screen().text).toBe(
      'Добро пожаловать! Вы теперь администратор «Анна».\nРоль: модератор\n\nКнопка «⚙️ Управление» – внизу.',
    )
    expect(owner.screen().text).toBe('👥 Новый администратор\nБорис\nРоль: модератор\nПо ссылке-приглашению')
    const late = await person('Late', 'en')
    await late.write(`/start ${code}`)
    expect(late.screen().text).toBe(
      'This link has been used. If it was you, all is well; if not, ask for a new one.',
    )
    expect(await rows()).toEqual([{ telegram_id: boris.user.id, role: 'moderator' }])
    expect(await actions()).toMatchObject([
      { action: 'admin.invite' },
      {
        action: 'admin.join',
        target: `admin:${boris.user.id}`,
        details: { after: { invitedBy: owner.user.id } },
      },
    ])
    expect(JSON.stringify(await actions())).not.toContain(code)
  })

  test('lets in one of several who open it at the same moment', async () => {
    const code = await invite()
    const people = await Promise.all(['А', 'Б', 'В', 'Г'].map((name) => person(name)))
    await Promise.all(people.map((one) => one.write(`/start ${code}`)))
    const said = people.map((one) => one.screen().text.split(/[.!]/)[0] ?? '').toSorted()
    expect(said).toEqual([
      ...Array(1).fill('Добро пожаловать'),
      ...Array(3).fill('Эта ссылка уже использована'),
    ])
    expect(await rows()).toHaveLength(1)
  })

  test('is not used up by an admin who tries it, and ends after a day', async () => {
    const code = await invite('главный')
    await owner.write(`/start ${code}`)
    expect(owner.screen().text).toContain('Вы уже администратор.')
    const boris = await person('Борис')
    salon.clock.now = START + 24 * HOUR
    await boris.write(`/start ${code}`)
    expect(boris.screen().text).toBe('Срок этой ссылки истёк. Попросите прислать новую.')
    expect(await rows()).toEqual([])
  })

  test('is listed while it is open, and can be withdrawn', async () => {
    const code = await invite()
    await owner.tap('‹ Назад')
    await owner.tap('🔗 Открытые ссылки: 1')
    expect(owner.screen().text).toBe(
      'Открытые ссылки\nИми ещё никто не воспользовался. Нажмите на ссылку, чтобы отозвать её.',
    )
    const withdraw = owner.dataOf('✕ 🛠 до чт, 26 нояб., 09:00')
    await owner.tapData(withdraw)
    expect(owner.lastToast()).toBe('Ссылка отозвана')
    expect(labels(owner)).not.toContain('🔗 Открытые ссылки: 1')
    await owner.tapData(withdraw)
    expect(owner.lastToast()).toBe('Эта ссылка уже не действует')
    const boris = await person('Борис')
    await boris.write(`/start ${code}`)
    expect(boris.screen().text).toBe('Эта ссылка не действует. Попросите прислать новую.')
  })

  test('opens nothing once its maker has lost the right to invite', async () => {
    const vera = await admin('Вера', 'super_admin')
    await openAdmins(vera)
    await vera.tap('➕ Добавить')
    await vera.tap(/главный/)
    await vera.tap('🔗 Пригласить по ссылке')
    const code = /start=(i_[\w-]+)/.exec(vera.screen().text)?.[1]
    // As when the operator takes somebody out of ADMIN_IDS: no screen withdraws their links then.
    await salon.sql(`update admins set role = 'moderator'`)
    await vera.write(`/start ${code}`)
    const boris = await person('Борис')
    await boris.write(`/start ${code}`)
    expect(boris.screen().text).toBe('Эта ссылка не действует. Попросите прислать новую.')
    expect(await rows()).toHaveLength(1)
  })
})

describe('changing the role', () => {
  test('is asked once more with what it means, works at once, and is told', async () => {
    const boris = await admin('Boris', 'moderator', 'en')
    const vera = await admin('Вера', 'super_admin')
    await openAdmins(owner)
    await owner.tap('🛠 Boris')
    await owner.tap('👑 Сделать главным')
    expect(owner.screen().text).toBe(
      'Сменить роль?\n\nBoris\nНовая роль: главный администратор\n\nГлавный администратор может всё: в том числе менять настройки и назначать администраторов.',
    )
    const yes = owner.dataOf('Да, сменить')
    await owner.tapData(yes)
    expect(owner.lastToast()).toBe('Роль изменена')
    await owner.tapData(yes)
    expect(owner.lastToast()).toBe('Уже так')
    expect(boris.screen().text).toBe(
      'Your role in “Анна” has changed.\nYour role now: super admin\nChanged by: Ольга',
    )
    expect(vera.screen().text).toContain('Теперь: главный администратор\nКто изменил: Ольга')
    await openAdmins(boris)
    expect(boris.screen().text).toContain('Press a name')
    expect(await actions()).toMatchObject([
      { details: { before: { role: 'moderator' }, after: { role: 'super_admin' } } },
    ])
  })

  test('two super admins who demote each other at the same moment: one of them stays', async () => {
    salon.admins.splice(0)
    for (let round = 0; round < 5; round++) {
      await salon.sql('delete from admins')
      const [anna, boris] = [await admin('Анна', 'super_admin'), await admin('Борис', 'super_admin')]
      await Promise.all([
        anna.tapData(`1:Ar:${boris.user.id.toString(36)}:moderator`),
        boris.tapData(`1:Ar:${anna.user.id.toString(36)}:moderator`),
      ])
      expect((await rows()).map((row) => row.role).toSorted()).toEqual(['moderator', 'super_admin'])
    }
  })
})

describe('removing', () => {
  test('says what it costs, and closes the panel, its open questions and its links at once', async () => {
    const vera = await admin('Вера', 'super_admin')
    await openAdmins(vera)
    await vera.tap('➕ Добавить')
    await vera.tap(/модератор/)
    await vera.tap('🔗 Пригласить по ссылке')
    const code = /start=(i_[\w-]+)/.exec(vera.screen().text)?.[1]
    await vera.tap('‹ Назад')
    await vera.tap('➕ Добавить')
    await vera.tap(/главный/)
    await vera.tap('🔢 Ввести Telegram id')

    await openAdmins(owner)
    await owner.tap('👑 Вера')
    await owner.tap('🗑 Убрать из администраторов')
    expect(owner.screen().text).toContain('Управление закроется сразу')
    const yes = owner.dataOf('Да, убрать')
    await owner.tapData(yes)
    expect(owner.lastToast()).toBe('Больше не администратор')
    await owner.tapData(yes)
    expect(owner.lastToast()).toBe('Этого человека уже нет среди администраторов')

    expect(vera.screen().text).toBe(
      'Вы больше не администратор «Анна».\nЗаписываться через бота можно, как и раньше.',
    )
    const [answer] = await vera.write('123456')
    expect(answer?.text).toContain('Не понял сообщение')
    expect(vera.dialogue.get()).toBeUndefined()
    const boris = await person('Борис')
    await boris.write(`/start ${code}`)
    expect(boris.screen().text).toContain('Эта ссылка не действует')
    expect(await rows()).toEqual([])
    expect(await actions()).toMatchObject([
      { action: 'admin.invite' },
      { action: 'admin.remove', details: { before: { role: 'super_admin' } } },
    ])
  })

  test('never touches oneself or the operator’s admins, whatever button is forged', async () => {
    const vera = await admin('Вера', 'super_admin')
    const forged = (id: number) => [`1:Ax:${id.toString(36)}`, `1:Ar:${id.toString(36)}:moderator`]
    for (const data of forged(owner.user.id)) {
      await vera.tapData(data)
      expect(vera.lastToast()).toBe('Этого администратора назначил оператор')
    }
    for (const data of forged(vera.user.id)) {
      await vera.tapData(data)
      expect(vera.lastToast()).toBe('Свою роль изменить нельзя')
    }
    expect(await rows()).toMatchObject([{ role: 'super_admin' }])
    expect(await actions()).toEqual([])
  })

  test('leaves a member of staff the way to their own schedule, as does a new role', async () => {
    const vera = await admin('Вера')
    await salon.sql(`insert into staff (name, telegram_id) values ('Вера', $1)`, [vera.user.id])
    await openAdmins(owner)
    await owner.tap('🛠 Вера')
    await owner.tap('👑 Сделать главным')
    await owner.tap('Да, сменить')
    expect(vera.screen().keyboard).toContain('🗒 Моё расписание')
    await owner.tap('🗑 Убрать из администраторов')
    await owner.tap('Да, убрать')
    expect(vera.screen().keyboard).toContain('🗒 Моё расписание')
    expect(vera.screen().keyboard).not.toContain('⚙️ Управление')
    await salon.sql(`delete from staff where name = 'Вера'`)
  })

  test('who has blocked the bot is not written to', async () => {
    const boris = await admin('Борис')
    await salon.sql('update users set gone_at = now() where telegram_id = $1', [boris.user.id])
    const before = salon.messagesOf(boris.user.id).length
    await openAdmins(owner)
    await owner.tap('🛠 Борис')
    await owner.tap('🗑 Убрать из администраторов')
    await owner.tap('Да, убрать')
    expect(salon.messagesOf(boris.user.id)).toHaveLength(before)
  })
})
