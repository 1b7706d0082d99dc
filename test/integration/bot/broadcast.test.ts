import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { broadcasts } from '../../../bot/jobs/broadcasts.ts'
import { runJob } from '../../../bot/jobs/loop.ts'
import { claimDue, pruneFinished } from '../../../bot/runtime/outbox.ts'
import { openSalon, type PretendPerson, type Salon, START } from './pretend.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let salon: Salon
let owner: PretendPerson
let anna: PretendPerson
let boris: PretendPerson
beforeAll(async () => {
  salon = await openSalon()
})
afterAll(() => salon.close())
beforeEach(async () => {
  await salon.sql(
    'truncate users, bookings, booking_history, feedback, admin_actions, settings restart identity',
  )
  await salon.sql('delete from fleet.outbox')
  await salon.sql('delete from fleet.broadcasts')
  salon.clock.now = START
  salon.admins.length = 0
  owner = salon.person({ first_name: 'Ольга' })
  await owner.write('/start')
  salon.admins.push(owner.user.id)
  anna = salon.person({ first_name: 'Анна' })
  boris = salon.person({ first_name: 'Boris', language_code: 'en' })
  for (const one of [anna, boris]) await one.write('/start')
})

const labels = (person: PretendPerson) => person.screen().buttons.map(({ label }) => label)
const consent = async (person: PretendPerson) =>
  (
    await salon.sql<{ news: unknown }>(
      `select consents -> 'broadcasts' as news from users where telegram_id = $1`,
      [person.user.id],
    )
  )[0]?.news
const look = () => runJob(salon.context(), broadcasts)
const queued = async () =>
  (
    await salon.sql<{ chat: string; text: string; method: string; button: string }>(
      `select chat_id::text as chat, coalesce(payload ->> 'text', payload ->> 'caption') as text, method,
              payload -> 'reply_markup' -> 'inline_keyboard' -> 0 -> 0 ->> 'text' as button
         from fleet.outbox where kind = 'broadcast' and state = 'queued' order by id`,
    )
  ).map(({ chat, ...rest }) => ({ chat: Number(chat), ...rest }))
const broadcast = async () =>
  (
    await salon.sql(
      `select state, total, delivered, blocked, failed, finished_at is not null as finished from fleet.broadcasts where state <> 'draft' order by id desc`,
    )
  )[0]
/** As the sender does it. */
const settle = (person: PretendPerson, state: string, error: string | null = null) =>
  salon.sql(
    `update fleet.outbox set state = $2, error = $3, finished_at = now() where chat_id = $1 and kind = 'broadcast'`,
    [person.user.id, state, error],
  )

async function agree(...people: PretendPerson[]): Promise<void> {
  for (const person of people) {
    await person.write('/settings')
    await person.tap(/^🔔/)
  }
}

async function compose(to: string | RegExp, text = 'Скидка'): Promise<void> {
  await owner.write('/admin')
  await owner.tap('📣 Рассылка')
  await owner.tap('➕ Новая рассылка')
  await owner.tap(to)
  await owner.write(text)
}

async function start(to: string | RegExp = /^Всем/): Promise<void> {
  await compose(to)
  await owner.tap(/^✅ Отправить/)
}

describe('a customer', () => {
  test('agrees in the settings, which keep the version of the words and the time, and takes it back there', async () => {
    await anna.write('/settings')
    expect(labels(anna)).toEqual(['• Русский', 'English', '🔔 Присылать новости и акции', '🔒 Мои данные'])
    await anna.tap('🔔 Присылать новости и акции')
    expect(anna.lastToast()).toBe('Будем присылать новости и акции.')
    expect(await consent(anna)).toEqual({ version: 1, at: new Date(START).toISOString() })
    salon.clock.now += HOUR
    await anna.tap('🔕 Не присылать новости и акции')
    expect(await consent(anna)).toMatchObject({ withdrawnAt: new Date(START + HOUR).toISOString() })
    expect(labels(anna)).toContain('🔔 Присылать новости и акции')
  })

  test('who was content is asked once, with nothing chosen beforehand; a no is kept, and so is the consent of others', async () => {
    await salon.sql(`update users set consents = '{"personalData": {"version": 3}}' where telegram_id = $1`, [
      anna.user.id,
    ])
    for (const id of [1, 2]) {
      await salon.sql(
        `insert into bookings (customer_id, staff_id, status, starts_at, ends_at, busy, local_date, local_time, time_zone, lines)
         select u.id, s.id, 'came', $2, $3, tstzrange($2, $3), '2026-11-24', '10:00', 'Europe/Moscow', '[{"serviceId": 1, "name": "Стрижка", "minutes": 60, "priceMinor": null, "currency": "RUB"}]'
           from users u, staff s where u.telegram_id = $1 limit 1`,
        [anna.user.id, new Date(START - id * DAY), new Date(START - id * DAY + HOUR)],
      )
    }
    await anna.tapData('1:vr:1:5')
    await anna.tap('Добавить нечего')
    expect(anna.screen().text).toBe(
      'Можно иногда писать вам о новостях и акциях «Booking»?\nОтказаться потом можно одной кнопкой под любым таким сообщением.',
    )
    expect(labels(anna)).toEqual(['Да, пишите', 'Нет, спасибо'])
    await anna.tap('Нет, спасибо')
    expect(anna.screen().text).toContain('о новостях и акциях писать не будем')
    const asked = salon.messagesOf(anna.user.id).filter(({ kind }) => kind === 'news-question')
    await anna.tapData('1:vr:2:5')
    await anna.tap('Добавить нечего')
    expect(salon.messagesOf(anna.user.id).filter(({ kind }) => kind === 'news-question')).toEqual(asked)
    expect(
      await salon.sql(`select consents -> 'personalData' as data from users where telegram_id = $1`, [
        anna.user.id,
      ]),
    ).toEqual([{ data: { version: 3 } }])
  })

  test('unsubscribes by the button under any message, however old: it stays, and nothing that waits is sent', async () => {
    await agree(anna, boris)
    await start()
    await look()
    await anna.tapData('1:un:no:message')
    expect(anna.lastToast()).toBe('Больше не будем присылать.')
    expect(anna.screen().text).toContain('Всё о ваших записях приходить продолжит.')
    expect((await queued()).map(({ chat }) => chat)).toEqual([boris.user.id])
    await anna.tapData('1:un:no:message')
    await salon.sql(`update fleet.outbox set state = 'sent', finished_at = now() where kind = 'broadcast'`)
    await look()
    await start()
    await look()
    expect((await queued()).map(({ chat }) => chat)).toEqual([boris.user.id])
  })
})

describe('a broadcast', () => {
  test('is shown as customers will see it, with how many get it, how long it takes, and that nights are left out', async () => {
    await agree(anna, boris)
    await owner.write('/admin')
    await owner.tap('📣 Рассылка')
    expect(owner.screen().text).toContain('Согласились: 2 клиента.')
    await owner.tap('➕ Новая рассылка')
    expect(labels(owner)).toEqual([
      'Всем, кто согласился: 2',
      'Кто заходил за 30 дн.: 2',
      'Кто заходил за 90 дн.: 2',
      'Кто заходил за 180 дн.: 2',
      '‹ Назад',
    ])
    await owner.tap(/^Всем/)
    const [preview, question] = await owner.send({
      text: 'Скидка <20%>',
      entities: [{ type: 'bold', offset: 0, length: 6 }],
    })
    expect(preview).toMatchObject({ text: 'Скидка <20%>', buttons: [{ label: '🔕 Отписаться' }] })
    expect(question?.text).toBe(
      'Так это увидят клиенты ⤴️\n\nВсем, кто согласился\nПолучат: 2 клиента\nЗаймёт около 1 минуты. Ночью, с 22:00 до 08:00, ничего не отправляется: рассылка подождёт утра.\n\nОтправленное вернуть нельзя.',
    )
    expect(await queued()).toEqual([])
    await owner.tap('✅ Отправить (2)')
    expect(owner.screen().text).toBe(
      '▶️ Рассылка идёт\nВсем, кто согласился\n\nДоставлено: 0\nЗаблокировали бота: 0\nНе дошло: 0\nОсталось: 2',
    )
    await look()
    await look()
    expect(await queued()).toEqual([
      {
        chat: anna.user.id,
        text: '<b>Скидка</b> &lt;20%&gt;',
        method: 'sendMessage',
        button: '🔕 Отписаться',
      },
      {
        chat: boris.user.id,
        text: '<b>Скидка</b> &lt;20%&gt;',
        method: 'sendMessage',
        button: '🔕 Unsubscribe',
      },
    ])
    expect(await salon.sql('select action, details from admin_actions')).toEqual([
      {
        action: 'broadcast.start',
        details: { after: { audience: { kind: 'all' }, total: 2, text: '<b>Скидка</b> &lt;20%&gt;' } },
      },
    ])
  })

  test('may be a photo with a caption, as long as a bot may send it; other things are not taken', async () => {
    await agree(anna)
    await owner.write('/admin')
    await owner.tap('📣 Рассылка')
    await owner.tap('➕ Новая рассылка')
    await owner.tap(/^Всем/)
    const photo = [{ file_id: 'small' }, { file_id: 'large' }]
    await owner.send({ photo, caption: 'я'.repeat(1025) })
    expect(owner.screen().text).toBe(
      'Подпись к фото – до 1 024 знаков, а здесь 1 025. Сократите её или пришлите текст без фото.',
    )
    const [preview] = await owner.send({ photo, caption: 'Акция', caption_entities: [] })
    expect(preview).toMatchObject({ photo: 'large', text: 'Акция' })
    await owner.tap(/^✅ Отправить/)
    await look()
    expect(await queued()).toMatchObject([{ method: 'sendPhoto', text: 'Акция' }])
    // Nobody else's photo is taken for one.
    await anna.send({ photo, caption: 'Привет' })
    expect(anna.screen().kind).toBe('unknown')
  })

  test('goes to any tag that is in use, however many there are', async () => {
    await agree(anna)
    const tags = Array.from({ length: 10 }, (_, n) => `метка ${n}`)
    await salon.sql('update users set tags = $2 where telegram_id = $1', [boris.user.id, tags])
    await salon.sql('update users set tags = $2 where telegram_id = $1', [
      anna.user.id,
      ['цвет', 'шеф', 'яркая'],
    ])
    await owner.write('/admin')
    await owner.tap('📣 Рассылка')
    await owner.tap('➕ Новая рассылка')
    expect(labels(owner).slice(0, 5)).toEqual([
      expect.stringMatching(/^Всем/),
      'Кто заходил за 30 дн.: 1',
      'Кто заходил за 90 дн.: 1',
      'Кто заходил за 180 дн.: 1',
      '🏷 метка 0: 0',
    ])
    await owner.tap('›')
    await owner.tap('🏷 яркая: 1')
    expect(owner.screen().text).toContain('🏷 яркая')
  })

  test('reaches only who agreed, is there, and belongs to the audience', async () => {
    const clara = salon.person()
    const gone = salon.person()
    const never = salon.person()
    for (const one of [clara, gone, never]) await one.write('/start')
    await agree(anna, boris, clara, gone)
    await salon.sql('update users set gone_at = now() where telegram_id = $1', [gone.user.id])
    await salon.sql(`update users set tags = '{Vip}' where telegram_id = any($1::bigint[])`, [
      [anna.user.id, never.user.id],
    ])
    await salon.sql('update users set last_seen_at = $2 where telegram_id = $1', [
      boris.user.id,
      new Date(START - 40 * DAY),
    ])
    await compose('🏷 Vip: 1')
    expect(owner.screen().text).toContain('🏷 Vip\nПолучат: 1 клиент')
    await compose('Кто заходил за 30 дн.: 2')
    await owner.tap(/^✅ Отправить/)
    await look()
    expect((await queued()).map(({ chat }) => chat)).toEqual([anna.user.id, clara.user.id])
  })

  test('counts what became of each message, also when the outbox is pruned meanwhile, and reports once', async () => {
    const clara = salon.person()
    await clara.write('/start')
    await agree(anna, boris, clara)
    await start()
    await look()
    await settle(anna, 'sent')
    await settle(boris, 'failed', 'Forbidden: bot was blocked by the user')
    await salon.sql(
      `update fleet.outbox set finished_at = now() - interval '8 days' where finished_at is not null`,
    )
    await pruneFinished(salon.database, salon.clientId)
    await look()
    await owner.tap('🔄 Обновить')
    expect(owner.screen().text).toContain('Доставлено: 1\nЗаблокировали бота: 1\nНе дошло: 0\nОсталось: 1')
    await settle(clara, 'unknown', 'the line broke')
    await look()
    await look()
    expect(await broadcast()).toEqual({
      state: 'done',
      total: 3,
      delivered: 1,
      blocked: 1,
      failed: 1,
      finished: true,
    })
    const reports = await salon.sql<{ text: string }>(
      `select payload ->> 'text' as text from fleet.outbox where dedupe_key like 'broadcast-report:%' and chat_id = $1`,
      [owner.user.id],
    )
    expect(reports.map(({ text }) => text)).toEqual([
      '<b>✅ Рассылка закончена</b>\nВсем, кто согласился\n\nДоставлено: 1\nЗаблокировали бота: 1\nНе дошло: 1',
    ])
    await owner.tap('‹ К рассылкам')
    expect(labels(owner)[1]).toBe('✅ ср, 25 нояб. · Скидка')
  })

  test('can be stopped: what has not been sent is not sent, and the counts say what was', async () => {
    await agree(anna, boris)
    await start()
    await look()
    await settle(anna, 'sent')
    await owner.tap('⏹ Остановить')
    await owner.tap('Да, остановить')
    expect(owner.lastToast()).toBe('Рассылка остановлена.')
    expect(await queued()).toEqual([])
    await look()
    expect(await broadcast()).toEqual({
      state: 'stopped',
      total: 1,
      delivered: 1,
      blocked: 0,
      failed: 0,
      finished: true,
    })
  })

  test('goes one at a time, and once, however often its button is tapped', async () => {
    await agree(anna)
    await compose(/^Всем/, 'Первая')
    const send = owner.dataOf(/^✅ Отправить/)
    await Promise.all([owner.tapData(send), owner.tapData(send), owner.tapData(send)])
    await compose(/^Всем/, 'Вторая')
    await owner.tap(/^✅ Отправить/)
    expect(owner.lastToast()).toBe('Одна рассылка уже идёт. Дождитесь её конца или остановите её.')
    await look()
    expect((await queued()).map(({ text }) => text)).toEqual(['Первая'])
  })

  test('waits for the morning, with what is queued already', async () => {
    await agree(anna, boris)
    await start()
    await look()
    salon.clock.now = START + 14 * HOUR
    await look()
    expect(await claimDue(salon.database, salon.clientId, { limit: 25, bulk: 25 })).not.toContainEqual(
      expect.objectContaining({ kind: 'broadcast' }),
    )
    await salon.sql('delete from fleet.broadcasts')
    await salon.sql('delete from fleet.outbox')
    await compose(/^Всем/)
    expect(owner.screen().text).toContain('Сейчас ночь, поэтому отправка начнётся в 08:00.')
    await owner.tap(/^✅ Отправить/)
    expect(owner.screen().text).toContain('Сейчас ночь: продолжится в 08:00.')
    await look()
    expect(await queued()).toEqual([])
    salon.clock.now = START + 24 * HOUR
    await look()
    expect(await queued()).toHaveLength(2)
  })

  test('never stands before another message, not even in the same chat', async () => {
    const put = (chat: number, kind: string) =>
      salon.sql(
        `insert into fleet.outbox (client_id, chat_id, kind, method, payload, dedupe_key, repeat_if_unknown)
         values ($1, $2, $3, 'sendMessage', '{}', gen_random_uuid()::text, true)`,
        [salon.clientId, chat, kind],
      )
    for (const chat of [1, 2, 3]) await put(chat, 'broadcast')
    await put(1, 'booking-confirmed')
    await put(4, 'reminder')
    const claimed = await claimDue(salon.database, salon.clientId, { limit: 25, bulk: 1 })
    expect(claimed.map(({ chat_id, kind }) => [chat_id, kind])).toEqual([
      [2, 'broadcast'],
      [1, 'booking-confirmed'],
      [4, 'reminder'],
    ])
    // While one of a chat is on its way, no other one of it is.
    const next = await claimDue(salon.database, salon.clientId, { limit: 25, bulk: 5 })
    expect(next.map(({ chat_id }) => chat_id)).toEqual([3])
  })
})
